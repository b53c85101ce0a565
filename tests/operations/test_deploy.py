"""What is in deploy/ fits the product: both processes, this machine only, no test tools, names that exist."""

import re
import secrets
import shutil
import subprocess

import pytest
import yaml

from salestrekker_portal.build import ROOT
from salestrekker_portal.portals.http.secret_links import ASKED_WITH
from tests.architecture.test_secret_addresses import STAYS

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()


def test_containers_serve_and_work_and_share_what_both_need() -> None:
    web, worker = COMPOSE["services"]["web"], COMPOSE["services"]["worker"]
    assert worker["command"][-1] == "salestrekker_portal.worker" and "command" not in web
    for shared in ("image", "env_file", "environment", "volumes"):
        assert web[shared] == worker[shared]
    assert "/data" in str(web["volumes"]) and "PORTAL_DATA=/data" in DOCKERFILE


def test_nothing_is_published_to_everybody() -> None:
    published = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8000:8000"]
    assert not re.search(r"-p \d", DOCKERFILE)


def test_redis_has_a_password_and_forgets_nobody() -> None:
    command = COMPOSE["services"]["redis"]["command"]
    assert "--requirepass" in command and command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert "REDIS_PASSWORD" in COMPOSE["services"]["web"]["environment"]["REDIS_URL"]


def test_every_image_has_a_version() -> None:
    images = [service["image"] for service in COMPOSE["services"].values()]
    assert all(":" in image or image == "salestrekker-portal" for image in images) and ":latest" not in str(images)


def test_the_image_carries_no_test_tools_and_runs_as_nobody_special() -> None:
    copied = re.findall(r"^COPY (.+)$", DOCKERFILE, re.MULTILINE)
    assert not [line for line in copied if "tests" in line] and "RUN make setup\n" in DOCKERFILE
    makefile = (ROOT / "Makefile").read_text()
    assert "setup.sh requirements.txt" in makefile.split("\nsetup:")[1].split("\n\n")[0]
    assert DOCKERFILE.index("USER portal") < DOCKERFILE.index("CMD [")
    for name in re.findall(r"^COPY ((?:[\w./-]+ )+)", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / each).exists() for each in name.split()), name


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_start_what_is_there_and_write_where_they_may(unit) -> None:
    text = unit.read_text()
    module = re.search(r"-m (salestrekker_portal\.\w+)", text)
    assert module and (ROOT / (module[1].replace(".", "/") + ".py")).exists()
    for line in ("User=portal", "NoNewPrivileges=yes", "ProtectSystem=strict", "UMask=0077", "StateDirectoryMode=0700"):
        assert line in text, line
    assert re.search(r"TimeoutStopSec=\d\d", text) and "EnvironmentFile=/etc/salestrekker-portal.env" in text


def test_there_are_units_for_both() -> None:
    assert [unit.name for unit in UNITS] == ["salestrekker-portal-worker@.service", "salestrekker-portal@.service"]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_understands_every_line(unit, tmp_path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.fail("systemd-analyze is missing: apt-get install systemd")
    there = tmp_path / unit.name.replace("@.", "@8000.")
    # Its programs and its user are on the machine where it is installed, not on this one.
    text = re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
    there.write_text(text.replace("User=portal", "User=daemon"))
    said = subprocess.run([tool, "verify", "--man=no", str(there)], capture_output=True, text=True)
    wrong = [line for line in said.stderr.splitlines() if there.name in line]
    assert wrong == []


def test_no_request_of_a_stranger_puts_a_server_aside() -> None:
    """What a proxy takes for a server's fault (an answer before the body was read, and the line closed) anybody can
    cause: `tests/attacks/test_on_the_stack.py` does."""
    servers = re.findall(r"^ +server .+;", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)
    assert len(servers) == 4 and all(line.endswith(" max_fails=0;") for line in servers)
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert not re.search(r"^\s*(max_fails|fail_duration|unhealthy_)", caddy, re.MULTILINE)


def test_proxies_keep_tokens_out_of_their_logs() -> None:
    nginx, caddy = (DEPLOY / "nginx.conf").read_text(), (DEPLOY / "Caddyfile").read_text()
    shape = re.search(r"log_format portal '(.+)'", nginx)
    assert shape and "$request " not in shape[1] + " " and "$args" not in shape[1] and " $uri" not in shape[1]
    assert re.findall(r"access_log .* (\w+);", nginx) == ["portal"]
    [(pattern, instead)] = re.findall(r'request>uri regexp "(.+)" "(.+)"', caddy)
    [in_nginx] = re.findall(r'"~\^\(\?<portal_door>(.+?)\)(\S+?)"', nginx)
    token = secrets.token_urlsafe(32)
    asked = [f"{path}?{name}={{}}" for path, name in ASKED_WITH.items()]
    stays = [re.sub(r"\{.*", "{}", path) for path in STAYS if not path.startswith("/refer/")]
    for shape_of_it in ("/portal/{}", "/portal/{}?x=1", "/_event/?token={}", "/calendar/x.{}", *asked, *stays):
        secret = shape_of_it.format(token)
        written = re.sub(pattern, lambda found: instead.replace("${1}", found[1] or ""), secret)
        path = re.sub(f"^({in_nginx[0]}){in_nginx[1]}.*", r"\1...", secret.partition("?")[0])
        assert token not in written and token not in path, "whoever reads the log has the link"
    for plain in ("/portal/documents", "/deals/0b1c/notes", "/portal/profile/review"):
        assert re.sub(pattern, "...", plain) == plain, "and still reads which page it was"


def test_the_manual_names_what_is_there() -> None:
    manual = (ROOT / "docs/operations.md").read_text()
    named = set(re.findall(r"deploy/[\w.@-]+[\w]", manual))
    assert len(named) > 5 and not {name for name in named if not (ROOT / name).exists()} - {"deploy/"}
    modules = set(re.findall(r"-m (salestrekker_portal(?:\.\w+)+)", manual))
    places = {name: name.replace(".", "/") for name in modules}
    assert len(modules) > 2
    assert not [name for name, place in places.items() if not (ROOT / f"{place}.py").exists()]


def test_the_manual_names_targets_that_are_there() -> None:
    manual = (ROOT / "docs/operations.md").read_text()
    targets = set(re.findall(r"`make ([a-z-]+)", manual))
    assert targets <= set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
