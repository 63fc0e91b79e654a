/**
 * What keeps the house in order by schedule and by hand: new sealing keys, rows that a stream
 * forgot, decisions about what is held, and the books.
 */
@NullMarked
package io.vestibule.upkeep;

import org.jspecify.annotations.NullMarked;
