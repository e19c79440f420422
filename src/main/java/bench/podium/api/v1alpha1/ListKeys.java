package bench.podium.api.v1alpha1;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How server-side apply identifies the items of a list.
 *
 * <p>With keys the CRD gets {@code x-kubernetes-list-type: map}, without any {@code set}; a list
 * without this annotation is {@code atomic}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface ListKeys {

  /** Required scalar fields of the item. */
  String[] value() default {};
}
