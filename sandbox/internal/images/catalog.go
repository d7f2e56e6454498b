package images

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// recipeVersion goes up when an image's content changes for another reason than its programs.
const recipeVersion = "1"

// image is a recipe: the programs whose change makes it stale, and how to fill its layer.
type image struct {
	name    string
	sources []string
	start   settings
	fill    func(*layer)
}

// workloads are the images that scenarios use.
func workloads() []image {
	return []image{
		{name: "busybox", sources: []string{busybox}, start: settings{command: []string{"sh"}}, fill: base},
		{name: "nginx", sources: []string{"/usr/sbin/nginx"}, start: settings{command: []string{"nginx", "-g", "daemon off;"}}, fill: nginx},
		{name: "python", sources: []string{python}, start: settings{command: []string{"python3"}, env: []string{"PYTHONUNBUFFERED=1"}}, fill: pythonFiles},
		{name: "redis", sources: []string{"/usr/bin/redis-server"}, start: settings{command: []string{"redis-server"}, workdir: "/data"}, fill: redis},
	}
}

// single is an image of one static program.
func single(name, program string) image {
	return image{name: name, sources: []string{program}, start: settings{entrypoint: []string{"/" + name}}, fill: func(l *layer) {
		l.folder("tmp", 0o1777)
		l.file(program, name)
	}}
}

const (
	busybox = "/usr/bin/busybox"
	python  = "/usr/bin/python3.11"
)

func base(l *layer) {
	for _, name := range []string{"etc", "var/log", "var/run", "run", "root", "dev", "proc", "sys", "home"} {
		l.folder(name, 0o755)
	}
	l.folder("tmp", 0o1777)
	l.text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\nwww-data:x:33:33:www-data:/var/www:/bin/sh\n")
	l.text("etc/group", "root:x:0:\nnogroup:x:65534:\nwww-data:x:33:\nadm:x:4:\n")
	l.text("etc/nsswitch.conf", "hosts: files dns\n")
	l.file(busybox, "bin/busybox")
	applets, err := exec.Command(busybox, "--list").Output()
	if err != nil && l.failure == nil {
		l.failure = err
	}
	for _, applet := range strings.Fields(string(applets)) {
		if applet != "busybox" {
			l.link("bin/"+applet, "busybox")
		}
	}
	resolver(l)
}

// resolver adds what glibc loads at run time, and ldd therefore doesn't tell.
func resolver(l *layer) {
	triplet := map[string]string{"amd64": "x86_64", "arm64": "aarch64"}[runtime.GOARCH] + "-linux-gnu"
	for _, name := range []string{"libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2"} {
		library := "/lib/" + triplet + "/" + name
		if _, err := os.Stat(library); err == nil {
			l.file(library, library)
		}
	}
}

func nginx(l *layer) {
	base(l)
	l.program("/usr/sbin/nginx")
	l.text("etc/nginx/sites-enabled/default", "server {\n  listen 80 default_server;\n  root /var/www/html;\n  location / { try_files $uri $uri/ =404; }\n}\n")
	l.folder("etc/nginx/modules-enabled", 0o755)
	l.tree("/etc/nginx", func(name string) bool { return strings.Contains(name, "-enabled") })
	for _, folder := range []string{"/usr/lib/nginx", "/usr/share/nginx"} {
		l.tree(folder, func(string) bool { return false })
	}
	l.text("var/www/html/index.html", "<h1>Welcome to nginx!</h1>\n")
	l.folder("var/lib/nginx/body", 0o755)
	l.link("var/log/nginx/access.log", "/dev/stdout")
	l.link("var/log/nginx/error.log", "/dev/stderr")
}

func pythonFiles(l *layer) {
	base(l)
	l.program(python)
	l.link("usr/bin/python3", "python3.11")
	l.link("usr/bin/python", "python3.11")
	unwanted := []string{"__pycache__", "/test/", "dist-packages", "config-3.11", "idlelib"}
	l.tree("/usr/lib/python3.11", func(name string) bool {
		for _, part := range unwanted {
			if strings.Contains(name, part) {
				return true
			}
		}
		return false
	})
	l.tree("/etc/ssl", func(name string) bool { return strings.Contains(name, "private") })
	l.file("/etc/ssl/openssl.cnf", "usr/lib/ssl/openssl.cnf")
}

func redis(l *layer) {
	base(l)
	l.program("/usr/bin/redis-server")
	if _, err := os.Stat("/usr/bin/redis-cli"); err == nil {
		l.program("/usr/bin/redis-cli")
	}
	l.folder("data", 0o755)
}
