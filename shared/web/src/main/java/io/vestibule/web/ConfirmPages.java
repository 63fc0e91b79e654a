package io.vestibule.web;

import io.vestibule.core.Asked;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages with the buttons that confirm. Nothing on them can be taken for "done". */
public final class ConfirmPages {

  private final Business business;
  private final Languages languages;
  private final Forms forms;
  private final Templates templates;

  public ConfirmPages(Business business, Languages languages, Forms forms) {
    this.business = business;
    this.languages = languages;
    this.forms = forms;
    this.templates = new Templates(business);
  }

  /**
   * A link that waits to be pressed.
   *
   * @param asked what it asks; empty if it was mailed before pages said so
   */
  public record Waiting(String form, Optional<Asked> asked, String id, String token) {}

  /** The button of a submission, with what was filled in, and what can be agreed to besides. */
  public Reply submission(Request request, Wording wording, Waiting link) {
    return submission(200, request, wording, link, List.of());
  }

  /** The same once more, with why nothing was confirmed. */
  public Reply refused(Request request, Wording wording, Waiting link, List<FieldError> errors) {
    return submission(Problem.Type.INVALID.status(), request, wording, link, details(errors));
  }

  private static List<String> details(List<FieldError> errors) {
    return errors.stream().map(FieldError::detail).distinct().toList();
  }

  private Reply submission(
      int status, Request request, Wording wording, Waiting link, List<String> errors) {
    var page = page(request, wording, !errors.isEmpty());
    return templates.render(
        status,
        "confirm",
        page,
        Map.of(
            "view", ConfirmView.of(link, page, forms),
            "errors", errors,
            "action", Links.page(Destination.STORAGE, link.id()),
            "token", link.token()),
        ContentPolicy.STRICT);
  }

  /**
   * The button of a request: it names the deed, and the page what comes of it.
   *
   * @param deed that the page is for: the one that was typed, or another
   */
  public Reply request(Request request, Wording wording, Waiting link, DataRequest deed) {
    return request(200, request, wording, link, deed, List.of());
  }

  /** The same once more, with why nothing was done. */
  public Reply refused(
      Request request, Wording wording, Waiting link, DataRequest deed, List<FieldError> errors) {
    var status = Problem.Type.INVALID.status();
    return request(status, request, wording, link, deed, details(errors));
  }

  private Reply request(
      int status,
      Request request,
      Wording wording,
      Waiting link,
      DataRequest deed,
      List<String> errors) {
    var page = page(request, wording, !errors.isEmpty());
    return templates.render(
        status,
        "request",
        page,
        Map.of(
            "view", RequestView.of(link, deed, page, forms),
            "errors", errors,
            "action", Links.page(Destination.DELETION, link.id()),
            "token", link.token()),
        ContentPolicy.STRICT);
  }

  private Page page(Request request, Wording wording, boolean failed) {
    var others = languages.others(request, wording);
    var title = wording.text("confirm.title");
    return new Page(business, wording, templates.style(), title, failed, others);
  }
}
