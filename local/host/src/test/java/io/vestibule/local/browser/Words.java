package io.vestibule.local.browser;

import io.vestibule.local.aws.Cases;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test of each language, with the words that it looks for, in lines as a CSV source has them. A
 * build takes the first line: tests of the same class begin with different languages.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ParameterizedTest
@ArgumentsSource(Words.Lines.class)
@interface Words {

  /** The lines; the parts of a line stand between commas. */
  String[] value();

  /** Reads the lines. */
  final class Lines implements ArgumentsProvider, AnnotationConsumer<Words> {

    private List<String> lines = List.of();

    @Override
    public void accept(Words words) {
      lines = List.of(words.value());
    }

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext test) {
      return Cases.ofEach(lines, _ -> test).stream()
          .map(line -> Arguments.of((Object[]) line.split(", *")));
    }
  }
}
