/** Lists for staff, made of cards: nobody is opened for one. */
@NullMarked
package io.vestibule.staff.list;

import org.jspecify.annotations.NullMarked;
