package io.vestibule.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Counter;
import io.vestibule.core.wording.Wording;
import io.vestibule.verification.ConfirmAddress.Link;
import io.vestibule.web.Body;
import io.vestibule.web.Languages;
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
  private final LinkWording words;
  private final Pages pages;

  LinkPages(ConfirmAddress confirmAddress, LinkWording words, Pages pages) {
    this.confirmAddress = confirmAddress;
    this.words = words;
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
    switch (link) {
      case Link.Waiting _ -> Counter.LINK_VIEWED.increment();
      case Link.Confirmed(var of) -> {
        Counter.ADDRESS_CONFIRMED.increment();
        logConfirmed(id(request), of.form());
      }
      case Link.AlreadyConfirmed _, Link.Dead _ -> {}
    }
    return words.page(request, wording, link, token);
  }

  private static String id(Request request) {
    return request.parameter("id");
  }

  private static Optional<String> text(ObjectNode values, String name) {
    return Optional.of(values.path(name)).filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  private static void logConfirmed(String id, String form) {
    try (var _ = MDC.putCloseable("correlation_id", id)) {
      LOG.info("Address confirmed for {}", form);
    }
  }
}
