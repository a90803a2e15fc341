"""Files spoilt by lot: a table or a refusal, never a crash."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import hypothesis
import pytest

from tests.imports.corpus.mutations import GOOD, spoilt

READS_ALL = textwrap.dedent("""
    import json, sys
    from pathlib import Path
    from tavolo.imports.reading import limits
    from tavolo.imports.reading.__main__ import _answer
    from tavolo.imports.reading.fence import fence_in
    limits.SECONDS = 600
    fence_in()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps([path.name, json.loads(_answer(path, "")[0])]), flush=True)
""")


@pytest.mark.parametrize("form", GOOD)
def test_a_spoilt_file_is_a_table_or_a_refusal(form: str, tmp_path: Path) -> None:
    count = hypothesis.settings().max_examples
    for number, content in enumerate(spoilt(form, count)):
        (tmp_path / f"{number:06}").write_bytes(content)
    read = subprocess.run(
        [sys.executable, "-c", READS_ALL, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    outcomes = dict(json.loads(line) for line in read.stdout.splitlines())
    # One that ended the child is the first that is lacking.
    assert sorted(outcomes) == [f"{number:06}" for number in range(count)], read.stderr
    assert {name: outcome for name, outcome in outcomes.items() if "stopped" in outcome} == {}
    assert any("refused" in outcome for outcome in outcomes.values())
