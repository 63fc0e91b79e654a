package io.vestibule.verification;

import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;

/**
 * The pages of a request's link. After the press it stays the address of the request: it tells how
 * far that has come, to who has the token.
 */
record RequestView(Pages pages, Answers answers) implements LinkView {

  @Override
  public Destination destination() {
    return Destination.DELETION;
  }

  @Override
  public Reply page(Request request, Wording wording, LinkWorth worth, String token) {
    String id = request.parameter("id");
    return switch (worth) {
      case LinkWorth.Waiting(var of) ->
          of.kind()
              .map(kind -> pages.confirmRequest(request, wording, kind, id, token))
              .orElseGet(() -> dead(wording, id));
      case LinkWorth.Confirmed(_) -> Reply.seeOther(Links.request(id, token, wording));
      case LinkWorth.AlreadyConfirmed(var of) ->
          of.kind()
              .map(kind -> progress(request, wording, of, kind, token))
              .orElseGet(() -> dead(wording, id));
      case LinkWorth.Dead() -> dead(wording, id);
    };
  }

  private Reply progress(
      Request request, Wording wording, Submissions.Link of, DataRequest.Kind kind, String token) {
    return of.status() == Status.DONE
        ? answers
            .page(request, wording, token)
            .orElseGet(() -> dead(wording, request.parameter("id")))
        : pages.working(request, wording, kind);
  }

  private Reply dead(Wording wording, String id) {
    return pages.dead(wording, destination(), id, Links.form(Form.PRIVACY, wording));
  }
}
