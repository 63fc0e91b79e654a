package io.vestibule.keys;

import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.LinkToken;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A press of a link's button, whose proof is right.
 *
 * @param token of the link that was pressed
 * @param chosen empty for a press that could not choose: it confirms the address and the values, or
 *     the deed that was typed, and no consent
 */
public record Press(LinkToken token, byte[] proof, Optional<Chosen> chosen) {

  /**
   * What was shown, and what was chosen.
   *
   * @param asked as the row had it: to be compared with what was sealed
   */
  public record Chosen(String asked, Choice choice) {}

  /** Whether the owner of the mailbox says that they have handed nothing in. */
  public boolean disowns() {
    return choice() instanceof Choice.Disowned;
  }

  /**
   * Whether the page showed what was sealed, and no more was chosen than that offers. If not,
   * somebody has changed the row, and the page with it.
   */
  public boolean isOf(Asked sealed) {
    return chosen
        .map(
            it ->
                Asked.parse(it.asked()).equals(Optional.of(sealed))
                    && isOffered(it.choice(), sealed))
        .orElse(true);
  }

  private static boolean isOffered(Choice choice, Asked sealed) {
    return switch (choice) {
      case Choice.Confirmed(var consents) ->
          sealed.deed().isEmpty()
              && consents.entrySet().stream()
                  .allMatch(
                      it -> it.getValue().version().equals(sealed.consents().get(it.getKey())));
      case Choice.Deed _ -> sealed.deed().isPresent();
      case Choice.Disowned() -> true;
    };
  }

  /** The consents that were given by the press. */
  public SortedMap<String, Choice.Agreed> consents() {
    return choice() instanceof Choice.Confirmed(var consents) ? consents : new TreeMap<>();
  }

  /** The deed that was chosen, or the one that was typed. */
  public DataRequest deed(DataRequest typed) {
    return choice() instanceof Choice.Deed(var chosenDeed) ? chosenDeed : typed;
  }

  private Choice choice() {
    return chosen.map(Chosen::choice).orElseGet(Choice.Confirmed::address);
  }
}
