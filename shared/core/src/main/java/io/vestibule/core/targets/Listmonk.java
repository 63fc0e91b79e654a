package io.vestibule.core.targets;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * Lists of a listmonk.
 *
 * @param lists their ids: whoever is made a subscriber is on all of them
 */
public record Listmonk(@JsonProperty(required = true) List<Integer> lists) {

  /** What listmonk calls the address. */
  public static final String ADDRESS = "email";

  /** What listmonk calls the name. */
  public static final String NAME = "name";

  /** With which the names of all attributes begin that are ours. */
  private static final String OURS = "vestibule_";

  public Listmonk {
    lists = List.copyOf(lists);
    if (lists.isEmpty() || lists.stream().anyMatch(it -> it < 1)) {
      throw new IllegalArgumentException("\"lists\" has the id of one list or more");
    }
  }

  /**
   * The attribute that subscribers have which we made. Targets know a person by other keys, and may
   * be on one server.
   */
  public static String key(String target) {
    return OURS + "id_" + target;
  }

  /**
   * Checks that subscribers can be made.
   *
   * @param fields as the target's file maps them
   * @throws IllegalArgumentException if they cannot
   */
  void check(Map<String, String> fields) {
    if (!fields.containsValue(ADDRESS)) {
      throw new IllegalArgumentException(
          "listmonk makes no subscriber without an address: map the field of the address to email");
    }
    if (fields.values().stream().anyMatch(it -> it.startsWith(OURS))) {
      throw new IllegalArgumentException(
          "attributes that begin with vestibule_ are our own: map no field to one");
    }
  }
}
