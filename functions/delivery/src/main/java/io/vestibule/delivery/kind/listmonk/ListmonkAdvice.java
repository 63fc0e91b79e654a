package io.vestibule.delivery.kind.listmonk;

import io.vestibule.delivery.kind.Advice;
import io.vestibule.delivery.kind.Answer;

/** What an owner does about a target that is not ready, in a sentence. */
final class ListmonkAdvice {

  private ListmonkAdvice() {}

  static String noList(int list) {
    return "listmonk shows no list %d to the key's user: correct the id, or give the user the list."
        .formatted(list);
  }

  static String of(Answer answer) {
    return Advice.of("listmonk", answer, ListmonkAdvice::stopped);
  }

  private static String stopped(String code) {
    return switch (code) {
      case "secret-unusable" ->
          "The target's secret lacks the key, a user of the API and its token: user:token.";
      case "listmonk-no-such-call" ->
          "There is no listmonk at the target's url, or an older one than version 6: correct it.";
      default ->
          "listmonk refuses the key's user, or a right of theirs (" + code + "): see the docs.";
    };
  }
}
