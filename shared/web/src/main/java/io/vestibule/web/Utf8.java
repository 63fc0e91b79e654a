package io.vestibule.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 and nothing that merely looks like it. */
final class Utf8 {

  private Utf8() {}

  static String decode(byte[] bytes) throws UnreadableBody {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new UnreadableBody(Problem.Type.NOT_UTF8);
    }
  }
}
