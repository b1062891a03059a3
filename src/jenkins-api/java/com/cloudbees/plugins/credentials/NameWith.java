package com.cloudbees.plugins.credentials;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Signature only. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE})
@Inherited
public @interface NameWith {
    int priority() default 0;

    Class<? extends CredentialsNameProvider<? extends Credentials>> value();
}
