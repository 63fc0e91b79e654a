package io.vestibule.local.browser;

import io.vestibule.local.journey.Person;
import java.net.URI;
import java.util.Map;

/** Every page that a person can come to, and the way to it. */
enum Stop {
  FORM {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/forms/contact?lang=" + language);
    }
  },
  FORM_WITH_ERRORS {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      FORM.visit(window, waypoints, language);
      window.page.fill("#email", "ada at example");
      window.page.fill("#phone", "none");
      window.presses("main form button");
    }
  },
  EVERY_KIND_OF_FIELD {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/forms/kinds?lang=" + language);
    }
  },
  EVERY_KIND_OF_ERROR {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      EVERY_KIND_OF_FIELD.visit(window, waypoints, language);
      window.presses("main form button");
    }
  },
  FEEDBACK {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/forms/feedback?lang=" + language);
    }
  },
  /** What hangs on a consent is filled in, and the consent is not ticked. */
  SENSITIVE {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/forms/supper?lang=" + language);
      window.page.fill("#email", "ada@example.net");
      window.page.fill("#name", "Ada");
      window.page.fill("#diet", "nuts");
      window.presses("main form button");
    }
  },
  SIGN_UP_THANKS {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/forms/newsletter?lang=" + language);
      window.page.fill("#email", "ada@example.net");
      window.page.check("[name='consent.newsletter']");
      window.presses("main form button");
    }
  },
  FEEDBACK_CONFIRMED {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/verify/confirmed?form=feedback&lang=" + language);
    }
  },
  THANKS {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      FORM.visit(window, waypoints, language);
      window.page.fill("#email", "a-very-long-address-that-does-not-fit@subdomain.example.net");
      window.page.fill("#name", "Ada");
      window.page.fill("#message", "Hello");
      window.presses("main form button");
    }
  },
  /** The clock must stand still: whoever takes two seconds is not asked. */
  FORM_ONCE_MORE {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      FORM.visit(window, waypoints, language);
      window.page.fill("#email", "ada@example.net");
      window.page.fill("#name", "Ada");
      window.page.fill("#message", "Hello");
      window.pressesAtOnce("main form button");
      if (!window.page.inputValue("#message").equals("Hello")) {
        throw new AssertionError(window.text());
      }
    }
  },
  CHANGE {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      THANKS.visit(window, waypoints, language);
      window.presses("[name=_change]");
    }
  },
  CONFIRM {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.waiting()));
    }
  },
  CONFIRM_WITH_CONSENT {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.consenting()));
    }
  },
  SIGN_UP {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.signingUp()));
    }
  },
  DISOWNED {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/verify/disowned?lang=" + language);
    }
  },
  CONFIRMED {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/verify/confirmed?form=contact&lang=" + language);
    }
  },
  ALREADY {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.used()));
    }
  },
  DEAD {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(UNKNOWN + "A".repeat(43) + "&lang=" + language);
    }
  },
  CUT_OFF {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(UNKNOWN + "A".repeat(42) + "&lang=" + language);
    }
  },
  ENDED {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.ended()));
    }
  },
  RESENT {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      THANKS.visit(window, waypoints, language);
      window.presses("form[action$='/resend'] button");
    }
  },
  PRIVACY {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/privacy?lang=" + language);
    }
  },
  REQUEST_SENT {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      PRIVACY.visit(window, waypoints, language);
      window.page.fill("#email", "somebody@example.net");
      window.page.check("[value=access]");
      window.presses("main form button");
    }
  },
  REQUEST {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.asked()));
    }
  },
  WITHDRAWAL {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.asked()) + "&deed=withdraw");
    }
  },
  RECEIPT {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.receipt()));
    }
  },
  COPY {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens(Waypoints.in(language, waypoints.copy()));
    }
  },
  NOT_FOUND {
    @Override
    void visit(Window window, Waypoints waypoints, String language) {
      window.opens("/nowhere?lang=" + language);
    }
  };

  private static final String UNKNOWN = "/verify/sAAAAAAAAAAAAAAAAAAAAAA?form=contact&token=";

  /** Goes to the page, as a person would. */
  abstract void visit(Window window, Waypoints waypoints, String language);

  /**
   * Links from mails: one that is too old, those that wait for their button to be pressed, one that
   * was used, one of a request that waits, and those of requests that are done.
   */
  record Waypoints(
      URI ended,
      URI waiting,
      URI consenting,
      URI signingUp,
      URI used,
      URI asked,
      URI receipt,
      URI copy) {

    static Waypoints of(URI ended, Person one, Person other, URI receipt, URI copy)
        throws Exception {
      one.submits(Map.of());
      var waiting = one.link();
      one.submits(Map.of("consent.newsletter", "v1", "phone", "+49 30 123456"));
      var consenting = one.link();
      one.signsUp();
      var signingUp = one.link();
      other.becomesACustomer(Map.of());
      var used = other.link();
      other.asks("erase");
      return new Waypoints(
          ended, waiting, consenting, signingUp, used, other.link(), receipt, copy);
    }

    private static String in(String language, URI link) {
      return link.toString().replaceFirst("lang=[^&]+", "lang=" + language);
    }
  }
}
