package io.vestibule.local.corpus;

import java.util.List;
import java.util.stream.IntStream;

/** A collection of samples of one kind, as large as it is wanted. */
public enum Corpus {
  NAMES,
  PHONES,
  ADDRESSES,
  TEXTS,
  JSON,
  URL_ENCODINGS,
  MULTIPARTS,
  BOTS;

  /** So many samples of one person, but for those that have an address of their own. */
  public List<Sample> of(Dice dice, String email, int many) {
    return IntStream.range(0, many).mapToObj(_ -> next(dice, email)).toList();
  }

  private Sample next(Dice dice, String email) {
    return switch (this) {
      case NAMES -> Names.next(dice, email);
      case PHONES -> Phones.next(dice, email);
      case ADDRESSES -> Addresses.next(dice, email);
      case TEXTS -> Texts.next(dice, email);
      case JSON -> JsonTexts.next(dice, email);
      case URL_ENCODINGS -> UrlEncodings.next(dice, email);
      case MULTIPARTS -> Multiparts.next(dice, email);
      case BOTS -> Bots.next(dice, email);
    };
  }
}
