package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Status;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.ConfirmPages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a request's link. After the press it stays the address of the request: it tells how
 * far that has come, to who has the token.
 */
record RequestView(
    Pages pages, ConfirmPages confirmPages, Answers answers, DecideRequest decideRequest)
    implements LinkView {

  @Override
  public Destination destination() {
    return Destination.DELETION;
  }

  @Override
  public Decision decide(
      Submissions.Link of, ObjectNode values, Optional<Wording> page, Wording answer) {
    return decideRequest.decide(of, values, answer);
  }

  @Override
  public Reply page(Request request, Wording wording, LinkWorth worth, String token) {
    String id = request.parameter("id");
    return switch (worth) {
      case LinkWorth.Waiting(var of) ->
          of.kind()
              .map(kind -> waiting(request, wording, of, kind, token, List.of()))
              .orElseGet(() -> dead(wording));
      case LinkWorth.Refused(var of, var errors) ->
          of.kind()
              .filter(_ -> !request.wantsJson())
              .map(kind -> waiting(request, wording, of, kind, token, errors))
              .orElseGet(() -> new Problem(Problem.Type.INVALID, errors).toJson(wording));
      case LinkWorth.Confirmed(_, Choice.Disowned()) -> Reply.seeOther(Links.disowned(wording));
      case LinkWorth.Confirmed _ -> Reply.seeOther(Links.request(id, token, wording));
      case LinkWorth.AlreadyConfirmed(var of) ->
          of.kind()
              .map(kind -> progress(request, wording, of, kind, token))
              .orElseGet(() -> dead(wording));
      case LinkWorth.Disowned() -> Reply.seeOther(Links.disowned(wording));
      case LinkWorth.Ended() -> pages.ended(wording, destination(), id, form(wording));
      case LinkWorth.Dead() -> dead(wording);
    };
  }

  /** The page of the deed that was typed, or of another that the address names. */
  private Reply waiting(
      Request request,
      Wording wording,
      Submissions.Link of,
      DataRequest.Kind kind,
      String token,
      List<FieldError> errors) {
    var asked = of.asked().flatMap(Asked::parse);
    var typed = asked.flatMap(Asked::deed).orElseGet(() -> new DataRequest(kind, Optional.empty()));
    var deed =
        request
            .query("deed")
            .filter(_ -> asked.isPresent())
            .flatMap(DataRequest.Kind::parse)
            .filter(chosen -> chosen != typed.kind())
            .map(chosen -> new DataRequest(chosen, Optional.empty()))
            .orElse(typed);
    var link = new ConfirmPages.Waiting(of.form(), asked, request.parameter("id"), token);
    return errors.isEmpty()
        ? confirmPages.request(request, wording, link, deed)
        : confirmPages.refused(request, wording, link, deed, errors);
  }

  private Reply progress(
      Request request, Wording wording, Submissions.Link of, DataRequest.Kind kind, String token) {
    return of.status() == Status.DONE
        ? answers.page(request, wording, token).orElseGet(() -> dead(wording))
        : pages.working(request, wording, kind);
  }

  private Reply dead(Wording wording) {
    return pages.dead(wording, form(wording));
  }

  private static String form(Wording wording) {
    return Links.form(Form.PRIVACY, wording);
  }
}
