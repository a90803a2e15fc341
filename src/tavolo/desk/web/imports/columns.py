"""Which column of the file is what: proposed by name, corrected by hand, remembered for the next file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.imports import ColumnsForm, SheetForm, column_name, option_name
from tavolo.desk.web.imports.places import batch_here, batch_href, batch_page, busy, sent_or_back
from tavolo.desk.web.pages import form_view
from tavolo.imports import queries
from tavolo.imports.actions import choose_columns
from tavolo.imports.choices import State
from tavolo.imports.models import Batch
from tavolo.imports.plugs import ImportKind
from tavolo.kernel.models import Network
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.ui.components.form import Fieldset, FormView

# Among so many rows the first values of a column are looked for.
LOOKED_AT = 20
OPEN = {State.READ, State.CHECKED}


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Say which column is what; the rows are checked with that."""
    here, batch, kind = batch_here(request, slug, uid)
    if busy(batch) or batch.state not in OPEN:
        return HttpResponseRedirect(batch_href(here, batch))
    form = columns_form(request, batch, kind)

    def choose() -> None:
        choose_columns(
            batch=batch,
            sheet=batch.sheet,
            columns=form.columns,
            options=form.options,
            version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    answer = sent_or_back(request, form, choose, back=batch_href(here, batch))
    return answer or shown(request, here, batch, kind, form=form, here=_("Columns of the file"))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take another sheet of the same file."""
    here, batch, kind = batch_here(request, slug, uid)
    if busy(batch) or batch.state not in OPEN:
        return HttpResponseRedirect(batch_href(here, batch))
    form = SheetForm(request.POST or None, batch=batch)

    def take() -> None:
        choose_columns(
            batch=batch,
            sheet=form.cleaned_data["sheet"],
            columns={},
            options=batch.options,
            version=form.cleaned_data["version"],
            by=actor_of(request),
        )

    answer = sent_or_back(request, form, take, back=batch_href(here, batch))
    return answer or batch_page(
        request,
        "desk/import_sheet.html",
        here,
        batch,
        kind,
        here=_("Sheet of the file"),
        form=form_view(form, _("Take this sheet"), batch_href(here, batch))
        if several(batch)
        else None,
    )


def several(batch: Batch) -> bool:
    """Whether there is a choice; a file without sheets has none."""
    return len(batch.sheets) > 1


def columns_page(
    request: HttpRequest, network: Network, batch: Batch, kind: ImportKind
) -> HttpResponse:
    """The page of a batch whose columns are to be looked at first."""
    return shown(request, network, batch, kind, form=columns_form(request, batch, kind))


def columns_form(request: HttpRequest, batch: Batch, kind: ImportKind) -> ColumnsForm:
    return ColumnsForm(
        request.POST or None,
        batch=batch,
        kind=kind,
        found=queries.matching_of(batch),
        rows=list(queries.rows_of(batch)[:LOOKED_AT]),
    )


def shown(
    request: HttpRequest,
    network: Network,
    batch: Batch,
    kind: ImportKind,
    *,
    form: ColumnsForm,
    here: str = "",
) -> HttpResponse:
    groups = {
        _("Which column is what"): [column_name(field) for field in kind.fields],
        _("For the whole file"): [option_name(field) for field in kind.options],
    }
    return batch_page(
        request,
        "desk/import_columns.html",
        network,
        batch,
        kind,
        here=here,
        other_sheets=several(batch),
        form=FormView(
            form=form,
            submit=_("Check the rows"),
            action=batch_href(network, batch, "import_columns"),
            cancel_href=batch_href(network, batch, "import_drop")
            if batch.state == State.READ
            else batch_href(network, batch),
            cancel=_("Put it aside") if batch.state == State.READ else _("Cancel"),
            fieldsets=tuple(
                Fieldset(legend, tuple(names)) for legend, names in groups.items() if names
            ),
        ),
    )
