package jakarta.servlet;

/** Signature only. */
public class ServletException extends Exception {}
