from pathlib import Path

import pytest

from dripper.errors import MailboxError
from dripper.outbox.secret import fetch
from dripper.workspace.model.settings import Secret

WORD = "s3cr€t"


def get(secret: Secret, root: Path) -> str:
    return fetch(secret, mailbox="dana", user="dana@north.example", root=root, environment={"PW": WORD})


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(Secret(env="PW"), id="environment"),
        pytest.param(Secret(file_="pw.txt"), id="file"),
        pytest.param(Secret(command="cat pw.txt"), id="command"),
        pytest.param(Secret(command="cat pw.txt; echo more"), id="only the first line of a command"),
    ],
)
def test_a_secret_comes_from_its_place(tmp_path: Path, secret: Secret) -> None:
    (tmp_path / "pw.txt").write_text(f"{WORD}\n", encoding="utf-8")

    assert get(secret, tmp_path) == WORD


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        pytest.param(Secret(env="NONE"), "NONE is not set", id="no such variable"),
        pytest.param(Secret(file_="none.txt"), "cannot be read", id="no such file"),
        pytest.param(Secret(file_="empty.txt"), "is empty", id="an empty file"),
        pytest.param(Secret(command="exit 3"), "failed with 3", id="a command that fails"),
        pytest.param(Secret(command="true"), "printed nothing", id="a silent command"),
        pytest.param(Secret(keyring="dripper"), "keyring", id="no keyring here"),
    ],
)
def test_a_secret_that_cannot_be_had_names_the_cure_and_never_a_secret(
    tmp_path: Path, secret: Secret, said: str
) -> None:
    (tmp_path / "empty.txt").write_text("\n")
    with pytest.raises(MailboxError, match=said) as refused:
        get(secret, tmp_path)

    assert refused.value.cure
    assert WORD not in str(refused.value) + refused.value.cure
