#!/usr/bin/env python3
"""Asks "why is WORKLOAD failing" about fault scenarios, without a language model, and counts the answers that name the cause.
  ask.py [--live] [--out DIR] [ID ...]

The question is about what a person would see: the first of the truth's expectedIssues, and where there are two faults each of them. An answer counts when it names the causing object as the cause
and holds every keyword of the truth. By default the recordings beside the manifests are asked; --live loads each
scenario into the sandbox. The commands are $QD (default: qd) and $QD_SANDBOX (default: qd-sandbox), as for score.py.
"""
import argparse, json, os, re, shlex, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
QD = shlex.split(os.environ.get("QD", "qd"))
SANDBOX = shlex.split(os.environ.get("QD_SANDBOX", "qd-sandbox"))


def sh(cmd, timeout=600):
    p = subprocess.run(cmd, capture_output=True, text=True, timeout=timeout)
    return p.returncode, p.stdout, p.stderr


def ask(truth, live):
    symptoms = truth["expectedIssues"] or [truth["rootCauseObject"]]
    answers = [ask_about(symptom, truth, live) for symptom in (symptoms if truth["additionalRootCauses"] else symptoms[:1])]
    error = next((error for _, error in answers if error), None)
    return (None, error) if error else ({**answers[0][0], "answer": "\n".join(answer["answer"] for answer, _ in answers)}, None)


def ask_about(symptom, truth, live):
    place = [] if live else ["--bundle", os.path.join(HERE, truth["id"], "recording.qdb.json.gz")]
    name = symptom["name"].rstrip("*")
    rc, out, err = sh(QD + ["ask", f"why is {symptom['kind'].lower()} {name} failing", "-n", truth["id"], "--no-model", "-o", "json"] + place)
    return (json.loads(out), None) if rc == 0 else (None, f"exit {rc}: {err[-200:]}")


def judge(truth, text):
    causes = re.findall(r"\*\*Cause:\*\* `(\S+) (?:([^/`]+)/)?([^`]+)`", text)
    wanted = [truth["rootCauseObject"]] + truth["rootCauseAlternatives"]
    right = lambda want: any(kind == want["kind"].split(".")[0] and want["name"] in ("*", name) for kind, _, name in causes)
    missing = [word for word in truth["rootCauseKeywords"] if not re.search(word, text, re.I)]
    return any(map(right, wanted)) and all(map(right, truth["additionalRootCauses"])) and not missing, causes, missing


def one(truth, live):
    if live:
        rc, out, err = sh([*SANDBOX, "load", truth["id"]])
        if rc:
            return False, f"was not loaded: {(out + err)[-200:]}", None
    try:
        answer, error = ask(truth, live)
    finally:
        if live:
            sh([*SANDBOX, "unload", truth["id"]])
    if answer is None:
        return False, error, None
    named, causes, missing = judge(truth, answer["answer"])
    return named, f"{answer['understood']} causes={['/'.join(c) for c in causes]} words-missing={missing}", answer


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--live", action="store_true")
    p.add_argument("--out")
    p.add_argument("ids", nargs="*")
    a = p.parse_args()
    ids = a.ids or sorted(d for d in os.listdir(HERE) if os.path.isfile(os.path.join(HERE, d, "truth.json")))
    truths = [json.load(open(os.path.join(HERE, i, "truth.json"))) for i in ids]
    faults = [t for t in truths if not t["healthy"] and (a.live or os.path.isfile(os.path.join(HERE, t["id"], "recording.qdb.json.gz")))]
    good = 0
    for truth in faults:
        named, line, answer = one(truth, a.live)
        good += named
        print("PASS" if named else "fail", f"{truth['id']:30}", line, flush=True)
        if a.out and answer:
            os.makedirs(a.out, exist_ok=True)
            json.dump(answer, open(os.path.join(a.out, truth["id"] + ".json"), "w"), indent=1)
    print(f"{good}/{len(faults)} answers name the cause")
    return 0 if good == len(faults) else 1


sys.exit(main())
