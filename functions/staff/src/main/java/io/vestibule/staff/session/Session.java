package io.vestibule.staff.session;

import io.vestibule.store.audit.StaffAudit.Person;
import java.time.Instant;
import java.util.List;

/**
 * Who is signed in, as the sealed cookie has it.
 *
 * @param id of the ID token that it was made of
 * @param person the same for the same person at the same issuer, fit for a key
 * @param subject as the issuer names the person
 * @param name for people
 * @param roles when they signed in
 * @param csrf what the forms of this session's pages carry
 * @param until when it ends
 */
public record Session(
    String id,
    String person,
    String subject,
    String name,
    List<String> roles,
    String csrf,
    Instant until) {

  public Session {
    roles = List.copyOf(roles);
  }

  /** The person, in a role. */
  public Person in(String role) {
    return new Person(person, subject, role, name);
  }

  /** The person, in all their roles. */
  Person inAllRoles() {
    return in(String.join(" ", roles));
  }
}
