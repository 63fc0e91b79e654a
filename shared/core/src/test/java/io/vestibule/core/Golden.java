package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of stored formats, as some version of ours wrote them. Data in this form lies in tables and
 * buckets for years: never change such a file, add one. {@code <format>-1.json} is what version 1
 * writes; {@code <format>-next.json} stands for a version that is still to come.
 */
final class Golden {

  private static final Path FOLDER = Path.of("../../shared/core/src/test/resources/formats");

  private Golden() {}

  static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  static String text(String file) throws IOException {
    return new String(bytes(file), UTF_8);
  }

  static JsonNode json(String file) throws IOException {
    return Json.MAPPER.readTree(bytes(file));
  }
}
