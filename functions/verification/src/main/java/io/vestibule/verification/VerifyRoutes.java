package io.vestibule.verification;

import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.web.Languages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Optional;

/**
 * {@code /verify/{id}} and {@code /requests/{id}}: shows the button, takes its press, and asks for
 * new links.
 */
final class VerifyRoutes {

  private final Forms forms;
  private final Languages languages;
  private final Pages pages;
  private final LinkPages submissions;
  private final LinkPages requests;
  private final Answers answers;

  VerifyRoutes(
      Forms forms,
      Languages languages,
      Pages pages,
      LinkPages submissions,
      LinkPages requests,
      Answers answers) {
    this.forms = forms;
    this.languages = languages;
    this.pages = pages;
    this.submissions = submissions;
    this.requests = requests;
    this.answers = answers;
  }

  Reply answer(Request request) {
    Wording wording = languages.choose(request);
    return switch (request.route()) {
      case "/verify/{id}" -> submission(request, wording);
      case "/verify/{id}/resend" -> resend(submissions, request, wording);
      case "/requests/{id}" -> link(requests, request, wording);
      case "/requests/{id}/resend" -> resend(requests, request, wording);
      case "/requests/{id}/receipt.json",
          "/requests/{id}/receipt.sig",
          "/requests/{id}/copy.json" ->
          file(request, wording, answers.file(request, lastOf(request.route())));
      case Links.RECEIPT_KEY -> file(request, wording, answers.key(request));
      default -> notFound(request, wording);
    };
  }

  /** The ids of submissions begin with s: what comes after a press is no id. */
  private Reply submission(Request request, Wording wording) {
    return switch (request.parameter("id")) {
      case "confirmed" -> confirmed(request, wording);
      case "disowned" -> disowned(request, wording);
      default -> link(submissions, request, wording);
    };
  }

  private Reply disowned(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> pages.disowned(request, wording);
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private Reply link(LinkPages links, Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" -> links.look(request, wording);
      case "POST" -> links.press(request, languages);
      default -> pages.notAllowed(request, wording, "GET, HEAD, POST");
    };
  }

  private Reply resend(LinkPages links, Request request, Wording wording) {
    return switch (request.method()) {
      case "POST" -> links.resend(request, languages);
      default -> pages.notAllowed(request, wording, "POST");
    };
  }

  private Reply file(Request request, Wording wording, Optional<Reply> file) {
    return switch (request.method()) {
      case "GET", "HEAD" -> file.orElseGet(() -> notFound(request, wording));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private static String lastOf(String route) {
    return route.substring(route.lastIndexOf('/') + 1);
  }

  private Reply confirmed(Request request, Wording wording) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          request
              .query("form")
              .flatMap(forms::find)
              .map(form -> pages.confirmed(request, wording, form))
              .orElseGet(() -> notFound(request, wording));
      default -> pages.notAllowed(request, wording, "GET, HEAD");
    };
  }

  private Reply notFound(Request request, Wording wording) {
    return pages.problem(request, wording, Problem.of(Problem.Type.NOT_FOUND));
  }
}
