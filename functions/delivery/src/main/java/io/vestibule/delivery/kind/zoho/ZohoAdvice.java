package io.vestibule.delivery.kind.zoho;

import io.vestibule.core.targets.Zoho;
import io.vestibule.delivery.kind.Advice;
import io.vestibule.delivery.kind.Answer;

/** What an owner does about a target that is not ready, in a sentence. */
final class ZohoAdvice {

  private ZohoAdvice() {}

  /** A field is not there. */
  static String missing(Zoho zoho, String field) {
    return field.equals(zoho.key())
        ? "%s has no field %s: make one, of one line, and mark it as unique."
            .formatted(zoho.module().apiName(), field)
        : "%s has no field %s: correct the name in the target's file, or make the field."
            .formatted(zoho.module().apiName(), field);
  }

  /** Zoho refuses the question. */
  static String of(String code) {
    return switch (code) {
      case "OAUTH_SCOPE_MISMATCH" ->
          "The refresh token lacks a scope: make one with those that docs/delivery.md lists.";
      case "NO_PERMISSION", "AUTHORIZATION_FAILED" ->
          "The user of the refresh token may not see the module: give its profile that right.";
      case "INVALID_TOKEN", "AUTHENTICATION_FAILURE" ->
          "Zoho refuses the access token that it has just given: make a new refresh token.";
      case "TOO_MANY_REQUESTS", "LIMIT_EXCEEDED" ->
          "The organisation's calls of the day are used up, or too many are under way: ask again.";
      default -> "Zoho refuses to list the fields of the module: " + code + ".";
    };
  }

  /** There was no question, or no answer. */
  static String of(Answer answer) {
    return Advice.of("Zoho", answer, ZohoAdvice::stopped);
  }

  private static String stopped(String code) {
    return switch (code) {
      case "secret-unusable" ->
          "The target's secret lacks client, clientSecret or refreshToken: put them there.";
      case "zoho-other-data-centre" ->
          "The organisation is in another data centre than the target's file says: correct it.";
      default -> "Zoho refuses client, clientSecret or refreshToken (" + code + "): make new ones.";
    };
  }
}
