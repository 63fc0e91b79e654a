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

  /** The attribute that subscribers have which we made. */
  public static final String KEY = "vestibule_id";

  public Listmonk {
    lists = List.copyOf(lists);
    if (lists.isEmpty() || lists.stream().anyMatch(it -> it < 1)) {
      throw new IllegalArgumentException("\"lists\" has the id of one list or more");
    }
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
    if (fields.containsValue(KEY)) {
      throw new IllegalArgumentException(
          "\"vestibule_id\" is the key by which subscribers are found again: map no field to it");
    }
  }
}
