import io
import struct
import zipfile

import docx
import pytest

from coding.errors import BadInput
from coding.readers import FORMATS, Paragraph, read
from coding.turns import find_turns

VTT = "WEBVTT\n\n"


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def word(path, *paragraphs):
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
    document.save(str(path))
    return path


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return path


def read_or_refused(path):
    try:
        return read(path), path.name
    except BadInput as refusal:
        return [], str(refusal)


@pytest.mark.parametrize("name", ["senedd15.txt", "senedd15.md", "senedd15.docx"])
def test_one_meeting_reads_alike_in_every_container(shared, name):
    turns = find_turns(read(shared / "data/derived" / name))
    assert (len(turns), len({turn.speaker for turn in turns})) == (140, 8)


def test_a_table_with_a_speaker_column(shared):
    turns = find_turns(read(shared / "data/derived/senedd12_table.docx"))
    assert (len(turns), len({turn.speaker for turn in turns})) == (198, 10)


def test_zoom_captions_keep_their_speakers(shared):
    turns = find_turns(read(shared / "data/transcripts/zoom_meeting001.vtt"))
    assert len({turn.speaker for turn in turns} - {None}) == 5
    assert sum(turn.speaker is None for turn in turns) == 2


def test_every_awkward_file_is_read_or_refused_in_one_sentence(shared):
    for folder in ("torture_docx", "torture_subtitles", "torture_rtf", "documents"):
        for path in (shared / "data" / folder).iterdir():
            paragraphs, refusal = read_or_refused(path)
            assert path.name in refusal
            assert "\n" not in refusal
            assert all("\n" not in p.text and p.text for p in paragraphs)


def test_minutes_have_no_invented_speakers(shared):
    for path in (shared / "data/documents").iterdir():
        if path.suffix in FORMATS and "transcript" not in path.name:
            assert {turn.speaker for turn in find_turns(read(path))} == {None}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_decoded(tmp_path, encoding):
    path = write(tmp_path / "a.txt", "Siân: “café”\r\n\r\nmore".encode(encoding))
    assert read(path) == [Paragraph("Siân: “café”"), Paragraph("more")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n ", "holds no text"),
        ("a.txt", b"PK\x03\x04abc", "is a zip"),
        ("a.txt", bytes(range(256)) * 4, "is not text"),
        ("a.docx", b"hello", "is not a Word"),
        ("a.docx", b"PK\x03\x04" + b"x" * 90, "is not a Word"),
        ("a.doc", b"x", "save it as .docx"),
        ("a.xyz", b"x", ".txt, .md, .docx, .vtt"),
        ("a.vtt", b"hello", "WEBVTT"),
        ("a.vtt", b"WEBVTT\n\n00:01 --> 00:02\nx", "cannot be read"),
    ],
)
def test_what_is_no_transcript_is_refused(tmp_path, name, content, says):
    with pytest.raises(BadInput, match=says):
        read(write(tmp_path / name, content))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"no file gone\.txt"):
        read(tmp_path / "gone.txt")


def test_a_zip_bomb_is_refused(tmp_path):
    with pytest.raises(BadInput, match="times over"):
        read(zipped(tmp_path / "a.docx", word__document="0" * 5_000_000))


def test_a_declared_gigabyte_is_refused(tmp_path):
    path = zipped(tmp_path / "a.docx", word__document="<a/>")
    data = bytearray(path.read_bytes())
    size = data.index(b"PK\x01\x02") + 24
    data[size : size + 4] = struct.pack("<I", 1 << 30)
    with pytest.raises(BadInput, match="1073 MB"):
        read(write(path, bytes(data)))


def test_a_declared_length_that_is_too_small_is_refused(tmp_path):
    path = zipped(tmp_path / "a.docx", word__document="<a>" + "x" * 500 + "</a>")
    data = bytearray(path.read_bytes())
    size = data.index(b"PK\x01\x02") + 24
    data[size : size + 4] = struct.pack("<I", 10)
    with pytest.raises(BadInput, match="damaged"):
        read(write(path, bytes(data)))


def test_too_many_parts_unsafe_names_and_document_types_are_refused(tmp_path):
    with pytest.raises(BadInput, match="2001 parts"):
        read(zipped(tmp_path / "a.docx", **{f"p{n}": "" for n in range(2001)}))
    with pytest.raises(BadInput, match="unsafe name"):
        read(zipped(tmp_path / "b.docx", **{"..__x": "<a/>"}))
    with pytest.raises(BadInput, match="document type"):
        read(zipped(tmp_path / "c.docx", word__document="<!DOCTYPE a []><a/>"))


def test_a_zip_that_is_no_word_document_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot be read as a Word document"):
        read(zipped(tmp_path / "a.docx", other="<a/>"))


def test_soft_breaks_separate_paragraphs(tmp_path):
    path = word(tmp_path / "a.docx", [("Anna: one\nBen: two", False)])
    assert [p.text for p in read(path)] == ["Anna: one", "Ben: two"]


def test_bold_names_are_speakers(tmp_path):
    said = [[("Anna ", True), ("one", False)], [("Ben", True), (" two", False)]]
    paragraphs = read(word(tmp_path / "a.docx", *said, *said, [("only", True)]))
    assert paragraphs[:2] == [Paragraph("one", "Anna"), Paragraph("two", "Ben")]
    assert paragraphs[-1] == Paragraph("only")


def test_a_bold_name_and_time_stand_above_the_words(tmp_path):
    said = [[("Anna", True), (" 0:03\nhello", False)], [("Ben", True), (" 0:09\nyes", False)]]
    assert read(word(tmp_path / "a.docx", *said, *said))[:2] == [
        Paragraph("hello", "Anna", "00:00:03"),
        Paragraph("yes", "Ben", "00:00:09"),
    ]


def test_a_table_without_a_header_is_read_by_its_names(tmp_path):
    document = docx.Document()
    rows = [("Anna", "one"), ("Ben", "two"), ("Anna", "three"), ("", "four")]
    table = document.add_table(len(rows), 2)
    for row, (name, words) in zip(table.rows, rows, strict=True):
        row.cells[0].text, row.cells[1].text = name, words
    document.save(str(tmp_path / "a.docx"))
    assert [(p.speaker, p.text) for p in read(tmp_path / "a.docx")] == [
        ("Anna", "one"),
        ("Ben", "two"),
        ("Anna", "three"),
        (None, "four"),
    ]


def test_deleted_text_is_out_and_inserted_text_is_in(tmp_path):
    document = docx.Document()
    document.add_paragraph("kept ")
    xml = document.element.body[0]
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for tag, inner in (("del", "delText"), ("moveFrom", "t"), ("ins", "t")):
        run = f"<w:{tag} {ns} w:id='1'><w:r><w:{inner}>{tag}</w:{inner}></w:r></w:{tag}>"
        xml.append(docx.oxml.parse_xml(run))
    out = io.BytesIO()
    document.save(out)
    assert [p.text for p in read(write(tmp_path / "a.docx", out.getvalue()))] == ["kept ins"]


def test_comments_and_footnotes_are_out(shared):
    for name in ("mammoth_comments", "mammoth_footnotes", "docx2python_comments"):
        text = " ".join(p.text for p in read(shared / f"data/torture_docx/{name}.docx"))
        assert "comment" not in text.lower().replace("comment on", "")


def test_markdown_loses_its_formatting_and_keeps_its_headings(tmp_path):
    path = write(
        tmp_path / "a.md",
        "---\ntitle: x\n---\n# Safety\n\n"
        "**Anna:** I *really* [mean](http://x) it\n**Ben:** yes\n---\n",
    )
    assert read(path) == [
        Paragraph("Safety", heading=True),
        Paragraph("Anna: I really mean it"),
        Paragraph("Ben: yes"),
    ]


def test_html_in_markdown_is_only_its_words(tmp_path):
    path = write(
        tmp_path / "a.md", "<p>One <b>two</b></p><script>no()</script>\n\n<p>&lt;three</p>"
    )
    assert [p.text for p in read(path)] == ["One two", "<three"]


def test_voice_tags_state_the_speaker(tmp_path):
    cue = "00:12:15.000 --> 00:12:19.000\n<v Anna Smith>Hello &amp; <i>all</i></v>\n"
    assert read(write(tmp_path / "a.vtt", VTT + cue)) == [
        Paragraph("Hello & all", "Anna Smith", "00:12:15")
    ]


def test_rolling_captions_are_read_once(tmp_path):
    cues = ["00:01.000 --> 00:02.000\none", "00:02.000 --> 00:03.000\none\ntwo"]
    cues += ["00:03.000 --> 00:04.000\ntwo\nthree", "00:09.000 --> 00:10.000\nthree"]
    path = write(tmp_path / "a.vtt", VTT + "\n\n".join(cues))
    assert [p.text for p in read(path)] == ["one", "two", "three", "three"]


def test_captions_that_do_not_roll_keep_their_repeats(tmp_path):
    cues = "00:01.000 --> 00:02.000\nYeah.\n\n00:02.000 --> 00:03.000\nYeah.\n"
    assert [p.text for p in read(write(tmp_path / "a.vtt", VTT + cues))] == ["Yeah.", "Yeah."]
