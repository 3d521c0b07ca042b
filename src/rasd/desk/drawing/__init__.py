"""Drawings of the desk as SVG, made from what is kept and from outlines that come with Rasd: maps and networks.

Each drawing stands beside a list that says the same in words.
"""
