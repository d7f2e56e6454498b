#!/usr/bin/env python3
"""Measures how well a diagnosis tool explains the fault scenarios, one by one on a running sandbox.

  score.py --tool qd|k8sgpt [--plans] [--decide] [--record] [--repeat N] [-j N] [--out DIR] [ID ...]

Every scenario is loaded, the tool is asked about its namespace, the answer is compared with truth.json and the scenario is taken off again.
With --plans the tool's own plan is carried out in between and the scenario's verify checks say whether the cluster recovered.
With --decide too: where it did not recover, what the plan leaves to a person is done as well, and the checks are asked again.

Verdicts
  strict    all of: the cause named is the right object (each of them where a scenario has several), every keyword is found in what the tool says
            about it, and nothing that the truth exempts (mustNotBlame) is named as a cause. A healthy scenario: nothing is named at all.
  object    the cause named is the right object, or a Pod, ReplicaSet or Job of it; "exact" leaves that allowance out
  extra     causes named beyond the right ones
  detect    the share of expectedIssues that the tool mentions anywhere
  steady    with --repeat: asked again, the tool names the same causes under the same ids
Only what a tool calls critical, high or medium counts as naming a cause.

What `qd` has to print
  qd issues --namespace NS --output json
    {"issues": [{"id", "title", "severity", "kind", "namespace", "name", "cause": {"kind", "namespace", "name"} | null,
                 "explanation", "evidence": [{"text"}], "affected": [{"kind", "namespace", "name"}]}],
     "findings": [{"code", "severity", "object": {...}, "message"}]}
  qd plan ISSUE-ID --offline --output json
    {"quickFix": {"steps": [{"kubectl": "kubectl ..." | null}]}, "recommendations": ["Decide yourself: ...: `kubectl ...` ..."]}

Environment
  QD, K8SGPT            the tool's command (default: its name); K8SGPT_FILTERS limits k8sgpt's analysers
  QD_SANDBOX            the sandbox's command (default: qd-sandbox); QUARTERDECK_SANDBOX names the cluster
  SCENARIOS             another folder of scenarios
  SKIP_REQUIRES         scenarios that require one of these (comma-separated) are left out (default: cni-networkpolicy)
"""
import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LIBRARY = Path(os.environ.get("SCENARIOS") or Path(__file__).resolve().parent)
SANDBOX = shlex.split(os.environ.get("QD_SANDBOX", "qd-sandbox"))
COUNTED = {"critical", "high", "medium"}
OWNED = {"pod", "replicaset", "job"}
OWNERS = {"deployment", "replicaset", "statefulset", "daemonset", "job", "cronjob"}
GRADES = ("easy", "medium", "hard", "healthy")


class Unanswered(Exception):
    """The tool under test gave no usable answer."""


def run(command, limit=300):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return 124, "", f"no answer within {limit} s"
    return done.returncode, done.stdout, done.stderr


def sandbox(*arguments, limit=300):
    return run([*SANDBOX, *arguments], limit)


def point_tools_at_the_sandbox():
    code, out, err = sandbox("kubeconfig")
    if code:
        sys.exit(f"there is no sandbox to score on: {(err or out).strip()}")
    os.environ["KUBECONFIG"] = out.strip()


# --- tools: ask() gives (causes, mentions); a cause is {id, object, severity, text, objects}, a mention is (object, text)

class Qd:
    command = shlex.split(os.environ.get("QD", "qd"))

    def ask(self, namespace):
        code, out, err = run([*self.command, "issues", "--namespace", namespace, "--output", "json"])
        # 2 is qd's way of saying that it found something
        if code not in (0, 2) or not out.strip():
            raise Unanswered(f"exit {code}: {err[-300:]}")
        answer = json.loads(out)
        causes = [self.cause(issue) for issue in answer["issues"]]
        mentions = [(f.get("object") or {}, f"{f.get('code', '')} {f.get('message', '')}") for f in answer.get("findings", [])]
        return causes, mentions

    @staticmethod
    def cause(issue):
        itself = {key: issue.get(key) for key in ("kind", "namespace", "name")}
        evidence = [e.get("text", "") if isinstance(e, dict) else str(e) for e in issue.get("evidence", [])]
        named = issue.get("cause") or {}
        return {"id": issue["id"], "object": named or itself, "severity": issue["severity"],
                "text": " ".join([issue.get("title") or "", issue.get("explanation") or "", *evidence]),
                "objects": [named, itself, *(issue.get("affected") or [])]}

    def plan(self, issue):
        """The commands of the plan's steps, and the first one that it leaves to a person."""
        code, out, err = run([*self.command, "plan", issue, "--offline", "--output", "json"])
        if code:
            raise Unanswered(f"exit {code}: {err[-300:]}")
        plan = json.loads(out)
        decisions = [found for text in plan["recommendations"] for found in re.findall(r"^Decide yourself: .*?`(kubectl [^`]+)`", text, re.S)]
        return [step["kubectl"] for step in plan["quickFix"]["steps"] if step.get("kubectl")], decisions[:1]


class K8sGpt:
    command = shlex.split(os.environ.get("K8SGPT", "k8sgpt"))

    def ask(self, namespace):
        filters = os.environ.get("K8SGPT_FILTERS")
        code, out, err = run([*self.command, "analyze", "--output", "json", "--namespace", namespace, *(["--filter", filters] if filters else [])])
        if code or not out.strip():
            raise Unanswered(f"exit {code}: {err[-300:]}")
        results = json.loads(out[out.index("{"):]).get("results") or []
        causes = [self.cause(result) for result in results]
        return causes, [(one, cause["text"]) for cause in causes for one in cause["objects"]]

    @staticmethod
    def cause(result):
        *namespace, name = result["name"].split("/")
        itself = {"kind": result["kind"], "name": name, "namespace": namespace[0] if namespace else None}
        parent = (result.get("parentObject") or "").split("/")
        owner = [{"kind": parent[0], "name": parent[1], "namespace": itself["namespace"]}] if len(parent) == 2 else []
        text = " ".join(error.get("Text", "") for error in result.get("error") or [])
        return {"id": result["name"], "object": itself, "severity": "medium", "text": f"{text} {result['name']}", "objects": [itself, *owner]}

    def plan(self, issue):
        raise Unanswered("k8sgpt has no plans")


# --- judging

def same(seen, wanted, family=True):
    """Whether an object that a tool speaks of is the one the truth means; a child counts where family is allowed."""
    if not seen or not seen.get("name"):
        return False
    kind, wanted_kind = (seen.get("kind") or "").split(".")[0].lower(), wanted["kind"].lower()
    place = wanted.get("namespace")
    if place not in (None, "*") and (seen.get("namespace") or place) != place:
        return False
    if kind == wanted_kind and wanted["name"] in ("*", seen["name"]):
        return True
    return family and kind in OWNED and wanted_kind in OWNERS and seen["name"].startswith(wanted["name"] + "-")


def naming(causes, objects, family=True):
    return [cause for cause in causes if any(same(cause["object"], one, family) for one in objects)]


def short(causes):
    return [[cause["object"], cause["text"][:300]] for cause in causes]


def judge(truth, causes, mentions):
    counted = [cause for cause in causes if cause["severity"] in COUNTED]
    if truth["healthy"]:
        return {"strict": not counted, "extra": len(counted), "named": short(counted)}
    main = ([truth["rootCauseObject"]] if truth["rootCauseObject"] else []) + truth["rootCauseAlternatives"]
    others = truth["additionalRootCauses"]

    def complete(family):
        return bool(naming(counted, main, family)) and all(naming(counted, [one], family) for one in others)

    right = naming(counted, main) + [cause for one in others for cause in naming(counted, [one])]
    said = " ".join(cause["text"] + " " + " ".join(map(str, cause["object"].values())) for cause in right)
    missing = [word for word in truth["rootCauseKeywords"] if not re.search(word, said, re.I)]
    blamed = [cause["object"] for cause in naming(counted, truth["mustNotBlame"])]
    spoken = [(one, cause["text"]) for cause in causes for one in cause["objects"]] + mentions
    expected = truth["expectedIssues"]
    found = [issue for issue in expected
             if any(same(one, {"namespace": truth["id"], **issue}) and re.search(issue["reasonRegex"], text, re.I) for one, text in spoken)]
    found_object = complete(True)
    return {"object": found_object, "exact": complete(False), "missingWords": missing, "blamed": blamed,
            "strict": found_object and not missing and not blamed,
            "extra": len(counted) - len(naming(counted, main + others)),
            "detect": len(found) / max(1, len(expected)), "named": short(counted), "hitIds": [cause["id"] for cause in right]}


# --- running

def truth_of(scenario):
    return json.loads((LIBRARY / scenario / "truth.json").read_text())


def carry_out(tool, issue):
    """Runs one plan as the tool wrote it, and keeps what happened."""
    record = {"issue": issue, "steps": None, "decisions": [], "error": None, "ran": []}
    try:
        record["steps"], record["decisions"] = tool.plan(issue)
    except (Unanswered, ValueError, KeyError) as error:
        record["error"] = str(error)
    execute(record, record["steps"] or [])
    return record


def execute(record, steps):
    for step in steps:
        words = shlex.split(step)
        code, out, err = sandbox("kubectl", *(words[1:] if words[0] == "kubectl" else words), limit=120)
        record["ran"].append([step, code, (out + err)[-200:]])


def steady(scenario, tool, causes, repeats):
    """Whether the tool names the same causes as often as it is asked."""
    named = {(cause["id"], json.dumps(cause["object"], sort_keys=True)) for cause in causes}
    return all({(cause["id"], json.dumps(cause["object"], sort_keys=True)) for cause in tool.ask(scenario)[0]} == named for _ in range(repeats - 1))


def recovers(scenario):
    return sandbox("verify", scenario, limit=400)[0] == 0


def examine(scenario, truth, tool, wanted):
    began = time.time()
    try:
        causes, mentions = tool.ask(scenario)
    except (Unanswered, ValueError, KeyError) as error:
        return {"seconds": round(time.time() - began, 2), "error": str(error), "strict": False}
    seconds = round(time.time() - began, 2)
    verdict = {"seconds": seconds, **judge(truth, causes, mentions)}
    if wanted.repeat > 1:
        verdict["steady"] = steady(scenario, tool, causes, wanted.repeat)
    if wanted.plans and truth["verify"] and not truth["healthy"]:
        issues = verdict["hitIds"] or [cause["id"] for cause in causes]
        verdict["plan"] = [carry_out(tool, issue) for issue in dict.fromkeys(issues)]
        verdict["recovered"] = recovers(scenario)
        if wanted.decide and not verdict["recovered"]:
            for planned in verdict["plan"]:
                execute(planned, planned["decisions"])
            verdict["decided"] = any(planned["decisions"] for planned in verdict["plan"]) and recovers(scenario)
    return verdict


def record(scenario, namespaces):
    """What the unit tests diagnose later without a cluster."""
    places = [word for one in (scenario, *namespaces, "kube-system", "default") for word in ("-n", one)]
    code, out, err = run([*Qd.command, "snapshot", "save", "--force", *places, str(LIBRARY / scenario / "recording.qdb.json.gz")])
    if code:
        raise Unanswered(f"it could not be recorded: {err[-300:]}")


def score(scenario, tool, wanted):
    truth = truth_of(scenario)
    result = {"id": scenario, "difficulty": "healthy" if truth["healthy"] else truth["difficulty"]}
    code, out, err = sandbox("load", scenario, limit=600)
    if code:
        result["error"] = "it could not be loaded: " + (out + err)[-300:]
    else:
        try:
            if wanted.record:
                record(scenario, truth.get("namespaces", []))
            result.update(examine(scenario, truth, tool, wanted))
        except Unanswered as error:
            result["error"] = str(error)
    sandbox("unload", scenario)
    if wanted.out:
        (wanted.out / f"{scenario}.json").write_text(json.dumps(result, indent=1))
    tell(result)
    return result


def tell(result):
    print(f"{'PASS' if result.get('strict') else 'fail'} {result['id']:30} {result['difficulty']:8} object={result.get('object')} "
          f"exact={result.get('exact')} words-missing={result.get('missingWords')} blamed={len(result.get('blamed', []))} "
          f"extra={result.get('extra')} steady={result.get('steady')} recovered={result.get('recovered')}{' decided=' + str(result['decided']) if 'decided' in result else ''} {result.get('seconds')}s {result.get('error', '')[:160]}", flush=True)


def summarise(results):
    print()
    for grade in GRADES:
        group = [result for result in results if result["difficulty"] == grade]
        if not group:
            continue
        planned = [result for result in group if "recovered" in result]
        print(f"{grade:8} strict {sum(bool(r.get('strict')) for r in group)}/{len(group)}   object {sum(bool(r.get('object')) for r in group)}/{len(group)}"
              f"   extra causes {sum(r.get('extra', 0) for r in group)}   plan recovered {sum(r['recovered'] for r in planned)}/{len(planned)}"
              f"   with a person's decision {sum(r['recovered'] or r.get('decided', False) for r in planned)}/{len(planned)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", choices=["qd", "k8sgpt"], default="qd")
    parser.add_argument("--plans", action="store_true", help="carry out the tool's plans and verify")
    parser.add_argument("--decide", action="store_true", help="then also do what a plan leaves to a person")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="ask so often, and say whether the same causes were named")
    parser.add_argument("--record", action="store_true", help="save each cluster as it was asked about, beside its scenario")
    parser.add_argument("-j", type=int, default=6, metavar="N", help="how many scenarios at once")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write each result there as JSON")
    parser.add_argument("ids", nargs="*", metavar="ID")
    wanted = parser.parse_args()
    tool = {"qd": Qd, "k8sgpt": K8sGpt}[wanted.tool]()
    point_tools_at_the_sandbox()
    if wanted.out:
        wanted.out.mkdir(parents=True, exist_ok=True)
    ids = wanted.ids or sorted(file.parent.name for file in LIBRARY.glob("*/truth.json"))
    unwanted = set(filter(None, os.environ.get("SKIP_REQUIRES", "cni-networkpolicy").split(",")))
    ids = [one for one in ids if not unwanted & set(truth_of(one)["requires"])]
    alone = [one for one in ids if truth_of(one)["exclusive"]]
    with ThreadPoolExecutor(wanted.j) as pool:
        results = list(pool.map(lambda one: score(one, tool, wanted), [one for one in ids if one not in alone]))
    summarise(results + [score(one, tool, wanted) for one in alone])


if __name__ == "__main__":
    main()
