"""«Ждёт меня»: what waits for a person."""
