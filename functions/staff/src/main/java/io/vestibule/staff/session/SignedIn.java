package io.vestibule.staff.session;

import java.time.Instant;
import java.util.List;

/**
 * What an ID token proves.
 *
 * @param groups that the issuer has the person in
 * @param at when the person really signed in at the issuer
 */
public record SignedIn(String subject, String name, List<String> groups, Instant at) {

  public SignedIn {
    groups = List.copyOf(groups);
  }
}
