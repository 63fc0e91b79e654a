package io.vestibule.core;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component of a stored record that holds the members which this version does not know. A
 * later version wrote them: after a roll-back this one reads what that one stored, and must give
 * back what it did not understand when it stores the record again.
 *
 * <p>The component is a {@code Map<String, JsonNode>}; it is empty, and not null, if all members
 * are known. They are written after the known ones, in the order in which they were read. Whoever
 * makes a changed record out of one that was read passes them on.
 */
@JacksonAnnotationsInside
@JsonAnyGetter
@JsonAnySetter
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Unknown {}
