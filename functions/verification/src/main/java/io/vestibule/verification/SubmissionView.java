package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.Destination;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.ConfirmPages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Optional;

/** The pages of a submission's link. The one after the press needs no look-up. */
record SubmissionView(
    Forms forms,
    Business business,
    Pages pages,
    ConfirmPages confirmPages,
    DecideSubmission decideSubmission)
    implements LinkView {

  @Override
  public Destination destination() {
    return Destination.STORAGE;
  }

  @Override
  public Decision decide(
      Submissions.Link of, ObjectNode values, Optional<Wording> page, Wording answer) {
    return decideSubmission.decide(of, values, page, answer);
  }

  @Override
  public Reply page(Request request, Wording wording, LinkWorth worth, String token) {
    String id = request.parameter("id");
    return switch (worth) {
      case LinkWorth.Waiting(var of) when decideSubmission.isOfNoUse(of) ->
          pages.dead(wording, Links.form(of.form(), wording));
      case LinkWorth.Refused(var of, _)
          when decideSubmission.isOfNoUse(of) && !request.wantsJson() ->
          pages.dead(wording, Links.form(of.form(), wording));
      case LinkWorth.Waiting(var of) ->
          confirmPages.submission(request, wording, waiting(of, id, token));
      case LinkWorth.Refused(var of, var errors) ->
          request.wantsJson()
              ? new Problem(Problem.Type.INVALID, errors).toJson(wording)
              : confirmPages.refused(request, wording, waiting(of, id, token), errors);
      case LinkWorth.Confirmed(_, Choice.Disowned()) -> Reply.seeOther(Links.disowned(wording));
      case LinkWorth.Confirmed(var of, _) -> Reply.seeOther(Links.confirmed(of.form(), wording));
      case LinkWorth.AlreadyConfirmed(var of) ->
          forms
              .find(of.form())
              .map(form -> pages.alreadyConfirmed(request, wording, form))
              .orElseGet(() -> dead(request, wording));
      case LinkWorth.Disowned() -> Reply.seeOther(Links.disowned(wording));
      case LinkWorth.Ended() -> pages.ended(wording, destination(), id, formPage(request, wording));
      case LinkWorth.Dead() -> dead(request, wording);
    };
  }

  private static ConfirmPages.Waiting waiting(Submissions.Link of, String id, String token) {
    return new ConfirmPages.Waiting(of.form(), of.asked().flatMap(Asked::parse), id, token);
  }

  private Reply dead(Request request, Wording wording) {
    return pages.dead(wording, formPage(request, wording));
  }

  /** The link names its form; one that was cut off leads to where the business is at home. */
  private String formPage(Request request, Wording wording) {
    return request
        .query("form")
        .flatMap(forms::find)
        .map(form -> Links.form(form.name(), wording))
        .orElse(business.site().toString());
  }
}
