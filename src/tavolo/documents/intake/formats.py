"""The formats that are taken: media type, endings (the first is given), whether a browser may show it."""

from dataclasses import dataclass

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Format:
    media_type: str
    endings: tuple[str, ...]
    label: str


PDF = Format("application/pdf", (".pdf",), "PDF")
JPEG = Format("image/jpeg", (".jpg", ".jpeg"), "JPEG")
PNG = Format("image/png", (".png",), "PNG")
WEBP = Format("image/webp", (".webp",), "WebP")
GIF = Format("image/gif", (".gif",), "GIF")
DOCX = Format(f"{_OOXML}wordprocessingml.document", (".docx",), "DOCX")
XLSX = Format(f"{_OOXML}spreadsheetml.sheet", (".xlsx",), "XLSX")
PPTX = Format(f"{_OOXML}presentationml.presentation", (".pptx",), "PPTX")
ODT = Format(f"{_ODF}text", (".odt",), "ODT")
ODS = Format(f"{_ODF}spreadsheet", (".ods",), "ODS")
ODP = Format(f"{_ODF}presentation", (".odp",), "ODP")
P7M = Format("application/pkcs7-mime", (".p7m",), "P7M")
EML = Format("message/rfc822", (".eml",), "EML")
TEXT = Format("text/plain", (".txt",), "TXT")
CSV = Format("text/csv", (".csv",), "CSV")

FORMATS = (PDF, JPEG, PNG, WEBP, GIF, DOCX, XLSX, PPTX, ODT, ODS, ODP, P7M, EML, TEXT, CSV)
BY_TYPE = {told.media_type: told for told in FORMATS}
# What a browser may show in its window; all else is saved. A PDF is not shown in a sandbox.
SHOWN = frozenset(told.media_type for told in (JPEG, PNG, WEBP, GIF))
