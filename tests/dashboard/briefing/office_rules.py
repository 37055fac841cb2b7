"""The rules of Office Open XML on which PowerPoint opens a deck only with a repair, read off ECMA-376 by hand."""

import io
import posixpath
import re
import zipfile
from collections import Counter

from lxml import etree

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NS = {"c": C[1:-1], "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
      "a": "http://schemas.openxmlformats.org/drawingml/2006/main"}  # fmt: skip
_SERIES_HEAD = "idx order tx spPr"
_LABEL = "layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr "
    "crossAx crosses crossesAt"
)
# Element → its children in the order of the schema.
ORDER = {
    "c:chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr "
                    "externalData printSettings userShapes extLst",
    "c:chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs "
               "showDLblsOverMax extLst",
    "c:plotArea": "layout barChart lineChart scatterChart valAx catAx dateAx dTable spPr extLst",
    "c:lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId extLst",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "c:scatterChart": "scatterStyle varyColors ser dLbls axId extLst",
    "c:lineChart/c:ser": f"{_SERIES_HEAD} marker dPt dLbls trendline errBars cat val smooth extLst",
    "c:barChart/c:ser": f"{_SERIES_HEAD} invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape extLst",
    "c:scatterChart/c:ser": f"{_SERIES_HEAD} marker dPt dLbls trendline errBars xVal yVal smooth extLst",
    "c:dLbls": f"dLbl delete {_LABEL} showLeaderLines leaderLines extLst",
    "c:dLbl": f"idx delete {_LABEL} extLst",
    "c:errBars": "errDir errBarType errValType noEndCap plus minus val spPr extLst",
    "c:marker": "symbol size spPr extLst",
    "c:scaling": "logBase orientation max min extLst",
    "c:catAx": f"{_AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    "c:valAx": f"{_AXIS} crossBetween majorUnit minorUnit dispUnits extLst",
    "c:dateAx": f"{_AXIS} auto lblOffset baseTimeUnit majorUnit majorTimeUnit minorUnit minorTimeUnit extLst",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "c:manualLayout": "layoutTarget xMode yMode wMode hMode x y w h extLst",
    "c:numCache": "formatCode ptCount pt extLst",
    "c:strCache": "ptCount pt extLst",
    "c:numRef": "f numCache extLst", "c:strRef": "f strCache extLst",
    "c:spPr": "xfrm custGeom prstGeom noFill solidFill gradFill blipFill pattFill ln effectLst",
    "a:ln": "noFill solidFill gradFill pattFill prstDash custDash round bevel miter headEnd tailEnd",
    "a:rPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym hlinkClick extLst",
    "a:defRPr": "ln noFill solidFill gradFill effectLst highlight latin ea cs sym hlinkClick extLst",
    "a:pPr": "lnSpc spcBef spcAft buClr buSzPct buFont buNone buAutoNum buChar tabLst defRPr extLst",
    "a:p": "pPr r br fld endParaRPr",
    "p:nvPr": "ph audioCd wavAudioFile audioFile videoFile quickTimeFile custDataLst extLst",
    "p:graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
    "p:sp": "nvSpPr spPr style txBody extLst", "p:pic": "nvPicPr blipFill spPr style extLst",
    "p:txBody": "bodyPr lstStyle p",
}  # fmt: skip
REPEATED = {"c:plotArea": {"barChart", "lineChart", "scatterChart", "valAx", "catAx", "dateAx"}, "a:p": {"r", "br", "fld"}}


def find_faults(content: bytes) -> list[str]:
    """Everything at which PowerPoint would offer a repair; empty where it would not."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = archive.namelist()
    faults = [f"part twice: {name}" for name, n in Counter(n.lower() for n in names).items() if n > 1]
    parts = {name: archive.read(name) for name in names}
    roots = {n: etree.fromstring(b) for n, b in parts.items() if n.endswith((".xml", ".rels"))}
    faults += _content_types(roots["[Content_Types].xml"], names)
    for name, root in roots.items():
        if name.endswith(".rels"):
            faults += _relations(name, root, parts)
        elif name != "[Content_Types].xml":
            faults += _references(name, root, roots) + _order(name, root)
        if re.fullmatch(r"ppt/charts/chart\d+\.xml", name):
            faults += _chart(name, root)
        if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
            ids = [e.get("id") for e in root.iterfind(".//p:cNvPr", NS)]
            faults += [f"{name}: id {i} twice" for i, n in Counter(ids).items() if n > 1 or not i.isdigit() or i == "0"]
    return faults + _presentation(roots["ppt/presentation.xml"])


def _content_types(root, names):
    defaults = {e.get("Extension").lower() for e in root if e.tag.endswith("Default")}
    overrides = [e.get("PartName") for e in root if e.tag.endswith("Override")]
    faults = [f"type twice: {n}" for n, count in Counter(overrides).items() if count > 1]
    faults += [f"type of no part: {n}" for n in overrides if n.lstrip("/") not in names]
    return faults + [
        f"no type: {n}" for n in names
        if n != "[Content_Types].xml" and f"/{n}" not in overrides and n.rsplit(".", 1)[-1].lower() not in defaults
    ]  # fmt: skip


def _relations(name, root, parts):
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = Counter(e.get("Id") for e in root)
    faults = [f"{name}: {i} twice" for i, n in ids.items() if n > 1]
    for relation in root:
        if relation.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
        faults += [] if target in parts else [f"{name}: {relation.get('Id')} leads to {target}, which is not there"]
    return faults


def _references(name, root, roots):
    folder, file = posixpath.split(name)
    relations = roots.get(f"{folder}/_rels/{file}.rels")
    known = set() if relations is None else {e.get("Id") for e in relations}
    used = {v for e in root.iter() if isinstance(e.tag, str) for k, v in e.attrib.items() if k.startswith(R) and v}
    return [f"{name}: {i} is no relationship" for i in sorted(used - known)]


def _order(name, root):
    faults = []
    prefixes = {uri: prefix for prefix, uri in NS.items()}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        tag = etree.QName(element)
        key = f"{prefixes.get(tag.namespace, '?')}:{tag.localname}"
        parent = element.getparent()
        if key == "c:ser" and parent is not None:
            key = f"c:{etree.QName(parent).localname}/c:ser"
        if key == "c:marker" and element.get("val") is not None:
            continue
        order = ORDER.get(key)
        if order is None:
            continue
        places, children = order.split(), [etree.QName(c).localname for c in element if isinstance(c.tag, str)]
        faults += [f"{name}: {c} in {key}" for c in children if c not in places]
        free = REPEATED.get(key, set())
        ranks = [places.index("barChart" if c in free and key == "c:plotArea" and c.endswith("Chart") else c) for c in children
                 if c in places and not (c in free and not c.endswith("Chart"))]  # fmt: skip
        faults += [f"{name}: order of {key}: {children}"] if ranks != sorted(ranks) else []
    return faults


def _chart(name, root):
    faults = []
    axes = {e.findtext("c:axId", None, NS) or e.find("c:axId", NS).get("val"): e for k in ("catAx", "valAx", "dateAx")
            for e in root.iterfind(f".//c:{k}", NS)}  # fmt: skip
    for axis in axes.values():
        if axis.find("c:crossAx", NS).get("val") not in axes:
            faults.append(f"{name}: an axis crosses none")
    for kind in ("lineChart", "barChart", "scatterChart"):
        for plot in root.iterfind(f".//c:{kind}", NS):
            ids = [e.get("val") for e in plot.findall("c:axId", NS)]
            faults += [] if len(ids) == 2 and all(i in axes for i in ids) else [f"{name}: axes {ids} of {kind}"]
    for what in ("idx", "order"):
        numbers = [e.find(f"c:{what}", NS).get("val") for e in root.iterfind(".//c:ser", NS)]
        faults += [f"{name}: {what} {i} twice" for i, n in Counter(numbers).items() if n > 1]
    for cache in (*root.iterfind(".//c:numCache", NS), *root.iterfind(".//c:strCache", NS)):
        count = int(cache.find("c:ptCount", NS).get("val"))
        places = [int(p.get("idx")) for p in cache.findall("c:pt", NS)]
        fits = places == sorted(set(places)) and all(p < count for p in places)
        faults += [] if fits else [f"{name}: points {places} of {count}"]
    external = root.find("c:externalData", NS)
    return faults + ([] if external is not None else [f"{name}: no workbook"])


def _presentation(root):
    slides = [int(e.get("id")) for e in root.iterfind(".//p:sldId", NS)]
    masters = [int(e.get("id")) for e in root.iterfind(".//p:sldMasterId", NS)]
    faults = ["slide id twice"] if len(set(slides)) < len(slides) else []
    faults += [f"slide id {i}" for i in slides if not 256 <= i < 2147483648]
    return faults + [f"master id {i}" for i in masters if i < 2147483648]
