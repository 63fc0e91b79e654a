package io.vestibule.verification;

import io.vestibule.core.Destination;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;

/** The pages of a submission's link. The one after the press needs no look-up. */
record SubmissionView(Forms forms, Business business, Pages pages) implements LinkView {

  @Override
  public Destination destination() {
    return Destination.STORAGE;
  }

  @Override
  public Reply page(Request request, Wording wording, LinkWorth worth, String token) {
    String id = request.parameter("id");
    return switch (worth) {
      case LinkWorth.Waiting(var of) ->
          pages.confirm(request, wording, title(of.form(), wording), id, token);
      case LinkWorth.Confirmed(var of) -> Reply.seeOther(Links.confirmed(of.form(), wording));
      case LinkWorth.AlreadyConfirmed(var of) ->
          forms
              .find(of.form())
              .map(form -> pages.alreadyConfirmed(request, wording, form))
              .orElseGet(() -> dead(request, wording, id));
      case LinkWorth.Dead() -> dead(request, wording, id);
    };
  }

  private Reply dead(Request request, Wording wording, String id) {
    return pages.dead(wording, destination(), id, formPage(request, wording));
  }

  /** The link names its form; one that was cut off leads to where the business is at home. */
  private String formPage(Request request, Wording wording) {
    return request
        .query("form")
        .flatMap(forms::find)
        .map(form -> Links.form(form.name(), wording))
        .orElse(business.site().toString());
  }

  private String title(String form, Wording wording) {
    return forms.find(form).map(Form::title).map(text -> text.in(wording.language())).orElse(form);
  }
}
