package io.vestibule.verification;

import io.vestibule.core.Choice;
import io.vestibule.core.Counter;
import io.vestibule.core.LinkToken;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions;
import io.vestibule.web.Body;
import io.vestibule.web.Languages;
import io.vestibule.web.Pages;
import io.vestibule.web.Problem;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The pages of one link: what it is worth decides which. */
final class LinkPages {

  private static final Logger LOG = LoggerFactory.getLogger(LinkPages.class);

  private final ConfirmAddress confirmAddress;
  private final LinkView view;
  private final Pages pages;

  LinkPages(ConfirmAddress confirmAddress, LinkView view, Pages pages) {
    this.confirmAddress = confirmAddress;
    this.view = view;
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
        var language = Decision.text(values, "_lang").or(() -> request.query("lang"));
        var wording = languages.choose(request, language);
        var token = Decision.text(values, "token").orElse("");
        var worth =
            confirmAddress.press(
                id(request),
                token,
                of -> view.decide(of, values, language.map(_ -> wording), wording));
        yield page(request, wording, worth, token);
      }
      case Body.Refused(var reason) ->
          pages.problem(request, languages.choose(request), Problem.of(reason));
    };
  }

  /** Asks for a new link. The answer does not tell whether one is mailed. */
  Reply resend(Request request, Languages languages) {
    return switch (Body.of(request)) {
      case Body.Values(var values) -> {
        Counter.LINK_REQUESTED.increment();
        confirmAddress.resend(id(request));
        yield pages.resent(languages.choose(request, Decision.text(values, "_lang")));
      }
      case Body.Refused(var reason) ->
          pages.problem(request, languages.choose(request), Problem.of(reason));
    };
  }

  private Reply page(Request request, Wording wording, LinkWorth worth, String token) {
    switch (worth) {
      case LinkWorth.Waiting _ -> Counter.LINK_VIEWED.increment();
      case LinkWorth.Confirmed(var of, var choice) -> confirmed(id(request), of, choice);
      case LinkWorth.Refused _,
          LinkWorth.AlreadyConfirmed _,
          LinkWorth.Disowned _,
          LinkWorth.Ended _ -> {}
      case LinkWorth.Dead _ -> {
        if (LinkToken.isCutOff(token)) {
          return pages.cutOff(wording);
        }
      }
    }
    return view.page(request, wording, worth, token);
  }

  private static void confirmed(String id, Submissions.Link of, Choice choice) {
    switch (choice) {
      case Choice.Disowned() -> log(id, "Disowned, said to be for {}", of.form());
      case Choice.Deed(var deed) when !of.isTyped(deed) -> {
        Counter.ADDRESS_CONFIRMED.increment();
        Counter.REQUEST_CHANGED.increment();
        log(id, "Address confirmed for {}, for another deed than was typed", of.form());
      }
      case Choice.Deed _, Choice.Confirmed _ -> {
        Counter.ADDRESS_CONFIRMED.increment();
        log(id, "Address confirmed for {}", of.form());
      }
    }
  }

  private static String id(Request request) {
    return request.parameter("id");
  }

  private static void log(String id, String sentence, String form) {
    try (var _ = MDC.putCloseable("correlation_id", id)) {
      LOG.info(sentence, form);
    }
  }
}
