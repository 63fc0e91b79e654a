package io.vestibule.core;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** How we write JSON: everywhere the same. */
public final class Json {

  /** Reads and writes our own data; immutable once made, as every user of it relies on. */
  public static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}
}
