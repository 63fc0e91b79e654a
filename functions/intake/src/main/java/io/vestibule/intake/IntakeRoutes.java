package io.vestibule.intake;

import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.Cors;
import io.vestibule.web.Endpoint;
import io.vestibule.web.Languages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import io.vestibule.web.Script;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code /forms/{form}}: shows a form, takes what is posted to it; the script that pages with a
 * form may have; and {@code /privacy}, which leads to a form. Everything else is not found.
 */
final class IntakeRoutes {

  private static final Pattern WITH_SLASH = Pattern.compile("/forms/([a-z0-9-]+)/");

  private static final String METHODS = "GET, HEAD, POST, OPTIONS";

  private final Forms forms;
  private final Languages languages;
  private final Pages pages;
  private final Script script;
  private final Endpoint endpoint;
  private final FormPage page;
  private final FormPost post;

  IntakeRoutes(
      Forms forms,
      Languages languages,
      Pages pages,
      Script script,
      Endpoint endpoint,
      FormPage page,
      FormPost post) {
    this.forms = forms;
    this.languages = languages;
    this.pages = pages;
    this.script = script;
    this.endpoint = endpoint;
    this.page = page;
    this.post = post;
  }

  Reply answer(Request request) {
    Wording wording = languages.choose(request);
    return switch (request.route()) {
      case "/forms/{form}" ->
          forms
              .find(request.parameter("form"))
              .map(form -> answer(request, wording, form))
              .orElseGet(() -> notFound(request, wording));
      case "$default" -> elsewhere(request, wording);
      default -> notFound(request, wording);
    };
  }

  /** Scripts of the form's origins may read every answer, a failure too. */
  private Reply answer(Request request, Wording wording, Form form) {
    var cors = new Cors(form.origins());
    return request.method().equals("OPTIONS")
        ? cors.preflight(request, METHODS)
        : cors.allow(request, endpoint.answer(request, () -> answer(request, wording, form, cors)));
  }

  private Reply answer(Request request, Wording wording, Form form, Cors cors) {
    return switch (request.method()) {
      case "GET", "HEAD" -> page.blank(request, wording, form);
      case "POST" -> post.answer(request, wording, form, cors);
      default -> pages.notAllowed(request, wording, METHODS);
    };
  }

  private Reply elsewhere(Request request, Wording wording) {
    return switch (request.path()) {
      case Script.PATH -> script(request, wording);
      case Links.PRIVACY -> privacy(request, wording);
      default ->
          formWithSlash(request)
              .map(form -> withoutSlash(request, wording, form))
              .orElseGet(() -> notFound(request, wording));
    };
  }

  private Optional<Form> formWithSlash(Request request) {
    var path = WITH_SLASH.matcher(request.path());
    return path.matches() ? forms.find(path.group(1)) : Optional.empty();
  }

  /**
   * A form whose address has a slash at its end is another path to the gateway, without the bounds
   * of a form's. So it is not served: what was posted comes again to the right address, from
   * scripts too: a browser asks anew there.
   */
  private Reply withoutSlash(Request request, Wording wording, Form form) {
    var cors = new Cors(form.origins());
    return switch (request.method()) {
      case "OPTIONS" -> cors.preflight(request, METHODS);
      case "GET", "HEAD", "POST" ->
          cors.allow(
              request,
              Reply.permanently(Links.withQuery("/forms/" + form.name(), request.query())));
      default -> notFound(request, wording);
    };
  }

  private Reply script(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> script.reply();
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  /** A short address for everybody's privacy notice. */
  private Reply privacy(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> Reply.seeOther(Links.privacyForm(request.query("lang")));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private Reply notFound(Request request, Wording wording) {
    return pages.problem(request, wording, Problem.of(Problem.Type.NOT_FOUND));
  }
}
