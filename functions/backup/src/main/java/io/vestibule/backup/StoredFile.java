package io.vestibule.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Unknown;
import java.util.Map;

/**
 * A file of a backup.
 *
 * @param key where it is in the bucket
 * @param items how many items are in it; 0 for a manifest
 * @param bytes its length as stored
 * @param md5 in base64, as the export layout has it: against accidents
 * @param etag the entity tag that S3 gave it
 * @param sha256 in hexadecimal digits, as {@code sha256sum} prints it: against attackers
 */
public record StoredFile(
    String key,
    long items,
    long bytes,
    String md5,
    String etag,
    String sha256,
    @Unknown Map<String, JsonNode> unknown) {}
