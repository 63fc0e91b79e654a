package io.vestibule.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.CustomerRecord.Hold;
import io.vestibule.core.CustomerRecord.Withdrawal;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What no older record may undo: it is kept with the customer's key, which no backup brings back.
 *
 * @param withdrawals the newest of each purpose: an older one says nothing more
 * @param hold why the customer may not be erased
 * @param unknown what a later version has stored
 */
public record Decisions(
    List<Withdrawal> withdrawals, @Nullable Hold hold, @Unknown Map<String, JsonNode> unknown) {

  /**
   * Bytes to which they are filled up, or to a multiple: nobody is to see by the length who has
   * decided anything. A row of {@code identities} with one such block stays below 1 KB, which is
   * one write unit.
   */
  private static final int BLOCK = 512;

  public Decisions {
    withdrawals = List.copyOf(withdrawals);
  }

  /** Those of a customer who has decided nothing. */
  public static Decisions none() {
    return new Decisions(List.of(), null, Map.of());
  }

  /** The next ones: those of a record. */
  public Decisions next(CustomerRecord record) {
    var newest =
        record.withdrawals().stream()
            .collect(
                Collectors.toMap(
                    Withdrawal::purpose,
                    Function.identity(),
                    BinaryOperator.maxBy(Comparator.comparing(Withdrawal::at)),
                    TreeMap::new));
    return new Decisions(List.copyOf(newest.values()), record.hold(), unknown);
  }

  /** As JSON, filled up with spaces. */
  public byte[] toJson() {
    try {
      var json = Json.MAPPER.writeValueAsBytes(this);
      var filled = Arrays.copyOf(json, Math.ceilDiv(json.length, BLOCK) * BLOCK);
      Arrays.fill(filled, json.length, filled.length, (byte) ' ');
      return filled;
    } catch (JsonProcessingException e) {
      throw new AssertionError("texts and times can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is anything else; its message quotes the text, so it must not be
   *     logged
   */
  public static Decisions parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, Decisions.class);
  }
}
