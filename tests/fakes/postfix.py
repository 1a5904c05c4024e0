"""A real Postfix for the tests, where one is installed: on a port of the loopback, with a folder of its own.

Nothing of the machine's own Postfix is read or touched. What it takes it delivers into one maildir, so that each
message is a file. A shell watches over it: it stops and the folder is removed when the process that asked for it ends,
however it ends.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import trustme

from fakes.smtp_server import HOST, Taken

# Where the program lies when it is not on the path of whoever runs the tests.
PATHS = f"{os.defpath}:/usr/sbin:/usr/local/sbin"
# Whoever owns nothing on any machine owns the maildir.
NOBODY = 65534
# Everybody else's mail goes into the one maildir.
NO_SUCH_USER = "no.such.user"
PEOPLE = f"!/^{NO_SUCH_USER}@/ all/\n"
# https://www.postfix.org/postconf.5.html
MAIN = """
compatibility_level = 3.6
config_directory = {folder}/etc
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.north.example
mydestination =
alias_maps =
alias_database =
local_transport = error:none
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_tls_security_level = may
smtpd_tls_chain_files = {folder}/etc/server.pem
virtual_mailbox_domains = acme.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = regexp:{folder}/etc/people
virtual_minimum_uid = 1
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
"""
# service, type, private, unprivileged, chroot, wakeup, most processes, command (master(5)).
MASTER = """
{host}:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""
# Its standard input is a pipe of the process that started it, and ends with that process.
WATCH = """
cd /
"$1" -c "$2/etc" start-fg >"$2/said" 2>&1 </dev/null &
read -r _
"$1" -c "$2/etc" stop >/dev/null 2>&1
wait; rm -rf "$2"
"""


def lacking() -> str:
    """Return why no Postfix can be started here; empty where one can."""
    if program() is None:
        return "no Postfix is installed (apt-get install postfix)"
    return "Postfix starts only for root" if os.geteuid() else ""


def program() -> str | None:
    return shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:{PATHS}")


class Postfix:
    """A running server."""

    def __init__(self, folder: Path, port: int, watch: subprocess.Popen[str]) -> None:
        self._folder = folder
        self.port = port
        self._watch = watch

    @classmethod
    def start(cls) -> Postfix:
        folder = Path(tempfile.mkdtemp(prefix="dripper-postfix-"))
        folder.chmod(0o755)
        with socket.socket() as free:
            free.bind((HOST, 0))
            port = free.getsockname()[1]
        for name in ("etc", "queue", "data", "mail"):
            (folder / name).mkdir(mode=0o755)
        shutil.chown(folder / "data", "postfix")
        os.chown(folder / "mail", NOBODY, NOBODY)
        (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, nobody=NOBODY))
        (folder / "etc/master.cf").write_text(MASTER.format(host=HOST, port=port))
        (folder / "etc/people").write_text(PEOPLE)
        authority = trustme.CA()
        authority.issue_cert(HOST).private_key_and_cert_chain_pem.write_to_path(folder / "etc/server.pem")
        authority.cert_pem.write_to_path(folder / "authority.pem")
        words = ["/bin/sh", "-c", WATCH, "watch", str(program()), str(folder)]
        made = cls(folder, port, subprocess.Popen(words, stdin=subprocess.PIPE, text=True))
        try:
            made._wait()
        except BaseException:
            made.stop()
            raise
        return made

    def stop(self) -> None:
        assert self._watch.stdin is not None
        self._watch.stdin.close()
        self._watch.wait(60)

    @property
    def authority(self) -> Path:
        """Return the file that vouches for its certificate (`SSL_CERT_FILE`)."""
        return self._folder / "authority.pem"

    def taken(self, count: int, wait_s: float = 60) -> list[Taken]:
        """Return what was delivered, once its queue is empty and at least `count` have arrived."""
        end = time.monotonic() + wait_s
        while len(self._files()) < count or self._queued():
            assert time.monotonic() < end, f"{len(self._files())} arrived, {self._queued()} are queued\n{self._log()}"
            time.sleep(0.05)
        return [_taken(file.read_bytes()) for file in self._files()]

    def seen(self) -> int:
        """Return how many messages it has taken by now."""
        return len(self._files()) + self._queued()

    def empty(self) -> None:
        """Forget what was delivered."""
        for file in self._files():
            file.unlink()

    def _files(self) -> list[Path]:
        return [*(self._folder / "mail").glob("all/new/*")]

    def _queued(self) -> int:
        """Return how many messages wait inside (https://www.postfix.org/QSHAPE_README.html#queues)."""
        names = ("maildrop", "incoming", "active", "deferred", "hold")
        queues = [self._folder / "queue" / name for name in names]
        return sum(file.is_file() for queue in queues if queue.is_dir() for file in queue.rglob("*"))

    def _log(self) -> str:
        files = [file for file in (self._folder / "said", self._folder / "log") if file.is_file()]
        return "\n".join(file.read_text()[-4000:] for file in files)

    def _wait(self) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                with socket.create_connection((HOST, self.port), timeout=5) as connection:
                    assert connection.recv(3) == b"220"
                    return
            except OSError:
                assert time.monotonic() < end, self._log()
            assert self._watch.poll() is None, self._log()
            time.sleep(0.05)


def _taken(content: bytes) -> Taken:
    """Return a file of the maildir; virtual(8) put Return-Path and Delivered-To on top, and ends lines with LF."""
    head = content.partition(b"\n\n")[0].decode("utf-8", "replace").splitlines()
    found = dict(line.partition(": ")[::2] for line in reversed(head))
    return Taken(sender=found["Return-Path"].strip("<>"), recipient=found["Delivered-To"], content=content)
