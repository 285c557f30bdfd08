"""Checks of requisites and text before signing (нормоконтроль): small rules, each with its clause."""
