package io.vestibule.delivery.kind;

import java.util.function.UnaryOperator;

/**
 * What an owner does about a partner that could not be asked whether all is there, in a sentence.
 */
public final class Advice {

  private Advice() {}

  /**
   * There was no question, or no answer.
   *
   * @param partner as people call it
   * @param stopped the sentence for a code by which a target stops
   */
  public static String of(String partner, Answer answer, UnaryOperator<String> stopped) {
    return switch (answer) {
      case Answer.Stopped(var code) -> stopped.apply(code);
      case Answer.Later(var _, var code, var _) ->
          "%s does not answer now (%s): ask again.".formatted(partner, code);
      case Answer.Failed(var code, var _) -> "%s refuses the call (%s).".formatted(partner, code);
      case Answer.Taken _ -> "%s answers, but lists nothing: ask again.".formatted(partner);
    };
  }
}
