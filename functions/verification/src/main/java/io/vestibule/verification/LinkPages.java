package io.vestibule.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Counter;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.verification.ConfirmAddress.Link;
import io.vestibule.web.Body;
import io.vestibule.web.Languages;
import io.vestibule.web.Links;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The pages of one link: what it is worth decides which. */
final class LinkPages {

  private static final Logger LOG = LoggerFactory.getLogger(LinkPages.class);

  private final ConfirmAddress confirmAddress;
  private final Forms forms;
  private final Business business;
  private final Pages pages;

  LinkPages(ConfirmAddress confirmAddress, Forms forms, Business business, Pages pages) {
    this.confirmAddress = confirmAddress;
    this.forms = forms;
    this.business = business;
    this.pages = pages;
  }

  /** Shows the button. Mail scanners come by here, so nothing changes. */
  Reply look(Request request, Wording wording) {
    String token = request.query("token").orElse("");
    return page(request, wording, confirmAddress.look(id(request), token), token);
  }

  /** Takes the press, and sends the browser to a page that can be reloaded. */
  Reply press(Request request, Languages languages) {
    return switch (Body.of(request)) {
      case Body.Values(var values) -> {
        Wording wording = languages.choose(request, text(values, "_lang"));
        String token = text(values, "token").orElse("");
        yield page(request, wording, confirmAddress.press(id(request), token), token);
      }
      case Body.Refused(var reason) ->
          pages.problem(request, languages.choose(request), Problem.of(reason));
    };
  }

  /** Asks for a new link. The answer does not tell whether there was one to replace. */
  Reply resend(Request request, Languages languages) {
    return switch (Body.of(request)) {
      case Body.Values(var values) -> {
        Counter.LINK_REQUESTED.increment();
        confirmAddress.resend(id(request));
        yield pages.resent(languages.choose(request, text(values, "_lang")));
      }
      case Body.Refused(var reason) ->
          pages.problem(request, languages.choose(request), Problem.of(reason));
    };
  }

  private Reply page(Request request, Wording wording, Link link, String token) {
    return switch (link) {
      case Link.Waiting(String form) -> {
        Counter.LINK_VIEWED.increment();
        yield pages.confirm(request, wording, title(form, wording), id(request), token);
      }
      case Link.Confirmed(String form) -> {
        Counter.ADDRESS_CONFIRMED.increment();
        logConfirmed(id(request), form);
        yield Reply.seeOther(Links.confirmed(form, wording));
      }
      case Link.AlreadyConfirmed(String form) ->
          forms
              .find(form)
              .map(found -> pages.alreadyConfirmed(request, wording, found))
              .orElseGet(() -> pages.dead(wording, id(request), formPage(request, wording)));
      case Link.Dead() -> pages.dead(wording, id(request), formPage(request, wording));
    };
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

  private static String id(Request request) {
    return request.parameter("id");
  }

  private static Optional<String> text(ObjectNode values, String name) {
    return Optional.of(values.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static void logConfirmed(String id, String form) {
    try (var _ = MDC.putCloseable("correlation_id", id)) {
      LOG.info("Address of a submission to {} confirmed", form);
    }
  }
}
