package io.vestibule.delivery.kind.mailchimp;

import io.vestibule.delivery.kind.Advice;
import io.vestibule.delivery.kind.Answer;

/** What an owner does about a target that is not ready, in a sentence. */
final class MailchimpAdvice {

  private MailchimpAdvice() {}

  static String noAudience(String audience) {
    return "The account of the key has no audience %s: correct the id in the target's file."
        .formatted(audience);
  }

  static String missing(String field) {
    return "The audience has no merge field %s: correct the name in the target's file, or make it."
        .formatted(field);
  }

  /** Mailchimp refuses the question, or does not answer. */
  static String of(Answer answer) {
    return Advice.of("Mailchimp", answer, MailchimpAdvice::stopped);
  }

  private static String stopped(String code) {
    return switch (code) {
      case "secret-unusable" ->
          "The target's secret lacks the key, with -us19 or the like at its end: put it there.";
      case "mailchimp-forbidden" ->
          "The user of the key may not see the audience, or the plan is over: give them that right.";
      default -> "Mailchimp refuses the key (" + code + "): make a new one.";
    };
  }
}
