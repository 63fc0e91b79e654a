/**
 * Requests of people about their data: each is followed from the press to its answer and its
 * receipt.
 */
@NullMarked
package io.vestibule.deletion.answer;

import org.jspecify.annotations.NullMarked;
