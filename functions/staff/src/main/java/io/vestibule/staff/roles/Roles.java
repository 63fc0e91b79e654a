package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vestibule.core.Json;
import io.vestibule.store.people.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All roles, as {@code shared/roles.json} has them. Who has several acts in the first that may do
 * it, in the order of the file.
 *
 * @param reasons for which something may be seen that is masked otherwise
 * @param namesInCopies whether the copy that customers get of their data names who looked at it; it
 *     counts for looks from then on
 * @param fourEyes whether an erasure that a member of staff enters waits for a second one; it does
 *     if the file does not say so
 * @param opensPerDay how often a person may have an entry opened in a day (UTC), the same one or
 *     another
 * @param tags with which entries may be marked, by id; the customer can see them
 */
public record Roles(
    @JsonProperty(required = true) List<String> reasons,
    @JsonProperty(required = true) boolean namesInCopies,
    @Nullable Boolean fourEyes,
    @JsonProperty(required = true) int opensPerDay,
    @JsonProperty(required = true) List<String> tags,
    @JsonProperty(required = true) Map<String, Role> roles) {

  /** The reason of everything for which none is asked: it is somebody's work. */
  public static final String WORK = "work";

  /** A change of an entry with all of them, and their lists, must fit into one transaction. */
  private static final int MOST_TAGS = 20;

  public Roles {
    reasons = List.copyOf(reasons);
    tags = List.copyOf(tags);
    if (tags.size() > MOST_TAGS || !tags.stream().allMatch(Standing::isTag)) {
      throw new IllegalArgumentException(
          "tags are at most 20, each of 1 to 20 letters from a to z, digits and hyphens");
    }
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    for (String name : roles.keySet()) {
      if (!name.matches("[a-z]{1,20}")) { // The audit tells a person's roles by spaces.
        throw new IllegalArgumentException("a role is 1 to 20 letters from a to z: " + name);
      }
    }
    if (reasons.contains(WORK)) {
      throw new IllegalArgumentException("\"%s\" is what needs no reason".formatted(WORK));
    }
  }

  /** A role under its name. */
  public record Acting(String name, Role role) {}

  /** Those that are built in. */
  public static Roles load() {
    try (InputStream file = Roles.class.getResourceAsStream("roles.json")) {
      return Json.MAPPER.readValue(Objects.requireNonNull(file), Roles.class);
    } catch (IOException e) {
      throw new UncheckedIOException("roles.json cannot be read", e);
    }
  }

  /** Whether an erasure that a member of staff enters waits for a second one. */
  public boolean needsSecond() {
    return !Boolean.FALSE.equals(fourEyes);
  }

  /** Those of somebody's groups that are roles. */
  public List<String> among(Collection<String> groups) {
    return roles.keySet().stream().filter(groups::contains).toList();
  }

  /** Those that can take an entry, by name. */
  public List<String> takers() {
    return roles.keySet().stream().filter(it -> role(it, Right.MOVE).isPresent()).toList();
  }

  /** Whether who has a role can take an entry of a form. */
  public boolean takes(String name, String form) {
    return role(name, Right.MOVE).filter(it -> it.sees(form)).isPresent();
  }

  private Optional<Role> role(String name, Right right) {
    return Optional.ofNullable(roles.get(name)).filter(it -> it.may().contains(right));
  }

  /** In which of these roles somebody may do something; empty if in none. */
  public Optional<Acting> acting(Collection<String> names, Right right) {
    return roles.entrySet().stream()
        .filter(it -> names.contains(it.getKey()) && it.getValue().may().contains(right))
        .findFirst()
        .map(it -> new Acting(it.getKey(), it.getValue()));
  }
}
