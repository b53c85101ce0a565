"""The upload box: what it needs reaches the build, and it says what the server says."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from salestrekker_portal.domains.documents.checks import (
    ACCEPT,
    EMPTY,
    EXTENSIONS,
    MAX_FILE_BYTES,
    box_rules,
    size_words,
    too_large,
)
from salestrekker_portal.ui import uploads

HERE = Path(uploads.__file__).parent
MB = 1024 * 1024


def test_every_part_that_the_script_imports_is_handed_to_the_build():
    imports = re.findall(r'(?:from|import) "\./([^"]+)"', (HERE / "upload_box.jsx").read_text())
    handed_over = (HERE / "upload_box.py").read_text()
    assert imports and all(f'"{part}"' in handed_over for part in imports)


def test_links_to_files_leave_the_router_alone():
    for link in (uploads.view_link("x", id="7"), uploads.download_link("x", id="7")):
        assert "reloadDocument:true" in link.render()["props"]


def in_node(script: str) -> object:
    node = shutil.which("node")
    if not node:
        pytest.fail("node is missing: pip install -r requirements.txt, and put its bin directory on PATH")
    queue = (HERE / "upload_queue.js").as_uri()
    page = "globalThis.window = { newIntention: () => 'a-press' };"
    source = f"{page} const queue = await import({json.dumps(queue)});\n{script}"
    run = [node, "--no-warnings", "--input-type=module", "--eval", source]
    return json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)


def test_the_page_and_the_server_refuse_with_the_same_words():
    files = [("a.pdf", 0), ("a.pdf", 61 * MB), ("a.pdf", MAX_FILE_BYTES + 1), ("statement.aspx", MAX_FILE_BYTES)]
    rules = box_rules()
    settings = {**rules, "maxBytes": rules["max_bytes"], "fields": {}}
    said = in_node(f"""
        globalThis.XMLHttpRequest = class {{ upload = {{}}; open() {{}} send() {{}} abort() {{}} }};
        globalThis.FormData = class {{ append() {{}} }};
        const box = queue.queueOf("lease");
        box.settings = {json.dumps(settings)};
        queue.add(box, {json.dumps([{"name": name, "size": size} for name, size in files])});
        console.log(JSON.stringify(box.items.map((item) => item.sentence)));
        process.exit(0);
    """)
    assert said == [EMPTY, too_large(61 * MB), too_large(MAX_FILE_BYTES + 1), None]


def test_sizes_read_the_same_on_both_sides():
    sizes = [1, 900, 1024, 940 * 1024, MB, 1_258_291, 9 * MB, 50 * MB, 61 * MB + 5]
    assert in_node(f"console.log(JSON.stringify({sizes}.map(queue.sizeWords)))") == [size_words(n) for n in sizes]


def test_the_picker_offers_what_the_server_takes():
    assert set(ACCEPT.split(",")) == {*EXTENSIONS, "image/*"}
