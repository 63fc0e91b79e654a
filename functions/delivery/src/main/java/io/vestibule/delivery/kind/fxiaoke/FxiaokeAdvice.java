package io.vestibule.delivery.kind.fxiaoke;

import static java.util.function.Predicate.not;

import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.targets.Fxiaoke;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an owner does about a target that is not ready, in a sentence. */
final class FxiaokeAdvice {

  private FxiaokeAdvice() {}

  /** What the object lacks, or wants. */
  static List<String> missing(Order order, FxiaokeFields fields) {
    var fxiaoke = FxiaokeApi.fxiaoke(order);
    var filled = filled(order);
    return Stream.of(
            needed(fxiaoke, filled).stream()
                .filter(not(fields::has))
                .map(it -> missing(fxiaoke, it)),
            fields.all().keySet().stream()
                .sorted()
                .filter(not(FxiaokeChange.ITS_OWN::contains))
                .filter(it -> fields.isRequired(it) && !filled.contains(it))
                .map(it -> wanted(fxiaoke, it)),
            fxiaoke.constants().entrySet().stream()
                .filter(
                    it ->
                        fields
                            .written(it.getKey(), TextNode.valueOf(it.getValue()), it.getValue())
                            .isEmpty())
                .map(it -> noOption(it.getKey())))
        .flatMap(it -> it)
        .toList();
  }

  /** What a record is written with, besides its key. */
  static Set<String> filled(Order order) {
    var filled = new TreeSet<>(order.target().fields().values());
    filled.addAll(FxiaokeApi.fxiaoke(order).constants().keySet());
    return filled;
  }

  private static Set<String> needed(Fxiaoke fxiaoke, Set<String> filled) {
    var needed = new TreeSet<>(filled);
    needed.add(fxiaoke.key());
    needed.add(fxiaoke.note());
    if (fxiaoke.optOut() != null) {
      needed.add(fxiaoke.optOut());
    }
    return needed;
  }

  private static String missing(Fxiaoke fxiaoke, String field) {
    return field.equals(fxiaoke.key())
        ? "%s has no field %s: make one, a text of one line, and mark it as unique."
            .formatted(fxiaoke.object(), field)
        : "%s has no field %s: correct the name in the target's file, or make the field."
            .formatted(fxiaoke.object(), field);
  }

  private static String wanted(Fxiaoke fxiaoke, String field) {
    return "%s wants the field %s filled: map a field to it, or give it in \"constants\"."
        .formatted(fxiaoke.object(), field);
  }

  private static String noOption(String field) {
    return "The constant of %s is none of its options: write one of them, by value or by label."
        .formatted(field);
  }

  /** There was no question, or no answer. */
  static String of(Answer answer) {
    return switch (answer) {
      case Answer.Stopped(var code) -> stopped(code);
      case Answer.Later(var _, var code, var _)
          when code.equals("fxiaoke-" + FxiaokeCodes.QUOTA_GONE) ->
          "The calls of the day are used up: ask again when the enterprise's day has ended.";
      case Answer.Later(var _, var code, var _) ->
          "Fxiaoke does not answer now (" + code + "): ask again.";
      case Answer.Failed(var code, var _) -> "Fxiaoke refuses the call (" + code + ").";
      case Answer.Taken _ -> "Fxiaoke answers, but describes nothing: ask again.";
    };
  }

  private static String stopped(String code) {
    return switch (code) {
      case "secret-unusable" ->
          "The target's secret lacks appId, appSecret or permanentCode: put them there.";
      case "refused-credentials" ->
          "Fxiaoke refuses the token that it has just given: is it the other generation of"
              + " \"credentials\"?";
      case "fxiaoke-10006", "fxiaoke-20006", "fxiaoke-20015" ->
          "Fxiaoke refuses appId, appSecret or permanentCode (%s): correct the target's secret."
              .formatted(code);
      case "fxiaoke-20020", "fxiaoke-20022", "fxiaoke-15003" ->
          "The app is not authorised (%s): have an administrator open it for this enterprise."
              .formatted(code);
      case "fxiaoke-30003" ->
          "The enterprise has bought no package of API calls: buy one, or nothing goes there.";
      case "fxiaoke-20012", "fxiaoke-30027" ->
          "There is no such employee (%s): correct \"user\" in the target's file.".formatted(code);
      default ->
          ("Fxiaoke does not let us in, or does not describe the object (%s): is this machine's"
                  + " address on the app's list, and the object's name right?")
              .formatted(code);
    };
  }
}
